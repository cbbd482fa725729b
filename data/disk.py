"""Writing so that what was said to be written is on the disk, in the order in which it was said.

Every step is one call of a function in `os`, looked up when it is made: a test can let any of them fail. The promises
are those of a local POSIX file system: do not put a data folder on a network share.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on this file, which is made if missing; BlockingIOError at once when another process holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        with suppress(OSError):  # the lock is gone with the handle, whatever the disk says of it
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each flushed into the one that holds it; nothing when it is there."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        os.mkdir(folder)
    flush_folder(folder.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a read-only file that does not exist yet, and flush it; its name is flushed with `flush_folder`."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o440)
    try:
        _write_all(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def append(path: Path, content: bytes, length: int) -> None:
    """Write at the end of a file, which is taken to be so long: what stands after it is cut off first.

    Flushed when it returns. When it fails, what it had written is taken back, as far as the disk allows.
    """
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        if os.lseek(handle, 0, os.SEEK_END) != length:
            os.ftruncate(handle, length)
            os.lseek(handle, length, os.SEEK_SET)
        try:
            _write_all(handle, content)
            os.fsync(handle)
        except OSError:
            with suppress(OSError):
                os.ftruncate(handle, length)
            raise
    finally:
        os.close(handle)
    if is_new:
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder: files made, renamed and removed there."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, or a folder with everything in it though it be read-only."""
    if path.is_symlink() or not path.is_dir():
        os.unlink(path)
        return
    os.chmod(path, 0o750)
    for name in os.listdir(path):
        remove(path / name)
    os.rmdir(path)


def free_bytes(folder: Path) -> int:
    """How much may still be written to the folder's file system."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
