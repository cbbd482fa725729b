"""Every step that a publication takes on the disk, counted, so that any of them can fail, be the last, or be recorded.

A step is a call of one of `NAMES` about a path or an open file in the data folder.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = (
    *("open", "write", "fsync", "close", "ftruncate", "lseek", "mkdir", "rename", "replace", "chmod", "unlink"),
    *("rmdir", "listdir", "stat", "statvfs"),
)
CODES = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT)


class PowerFailure(BaseException):
    """The process ended here: nothing of it runs any more but what Python does on leaving."""


@dataclass
class Steps:
    """Counts the steps; at step `at` (from 0) does what `act` says, or from there on when it `lasts`.

    `names` has all the steps, `log` those that change something, with their arguments and results, to replay them.
    """

    folder: Path
    at: int | None = None
    act: Callable[[str, tuple[Any, ...]], None] = lambda name, arguments: None
    lasts: bool = False
    names: list[str] = field(default_factory=list)
    log: list[tuple[str, tuple[Any, ...], Any]] = field(default_factory=list)
    _files: dict[int, Path] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """How many steps were taken."""
        return len(self.names)

    @contextmanager
    def watching(self) -> Iterator[Steps]:
        """Watch while the block runs."""
        originals = {name: getattr(os, name) for name in NAMES}
        opened = io.open
        for name, original in originals.items():
            setattr(os, name, self._watched(name, original))
        io.open = self._watched("read", opened)
        try:
            yield self
        finally:
            for name, original in originals.items():
                setattr(os, name, original)
            io.open = opened

    def _watched(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if not self._is_here(arguments):
                return original(*arguments, **options)
            number = self.taken
            self.names.append(name)
            if self.at is not None and (number == self.at or (self.lasts and number > self.at)):
                if name == "close":
                    original(*arguments)
                self.act(name, arguments)
            done = original(*arguments, **options)
            self._remember(name, arguments, done)
            return done

        return call

    def _is_here(self, arguments: tuple[Any, ...]) -> bool:
        about = arguments[0] if arguments else None
        if isinstance(about, builtins.int):
            return about in self._files
        return isinstance(about, str | Path) and Path(about).is_relative_to(self.folder)

    def _remember(self, name: str, arguments: tuple[Any, ...], done: Any) -> None:
        if name == "open":
            self._files[done] = Path(arguments[0])
        about = self._files.get(arguments[0], arguments[0])
        if name == "close":
            self._files.pop(arguments[0], None)
        if name not in ("read", "stat", "listdir", "statvfs"):
            given = bytes(arguments[1])[:done] if name == "write" else None
            self.log.append((name, (about, *((given,) if name == "write" else arguments[1:])), done))


def failing(code: int) -> Callable[[str, tuple[Any, ...]], None]:
    """The step fails as a disk would let it; of a write, half has got through before."""

    def act(name: str, arguments: tuple[Any, ...]) -> None:
        raise OSError(code, os.strerror(code), str(arguments[0]))

    return act


def ending(name: str, arguments: tuple[Any, ...]) -> None:
    """The process is gone before the step, for those who test in one process."""
    raise PowerFailure


def killing(name: str, arguments: tuple[Any, ...]) -> None:
    """The process is really killed before the step; of a write, after its first half."""
    if name == "write":
        os.pwrite(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2], os.lseek(arguments[0], 0, os.SEEK_END))
    os.kill(os.getpid(), signal.SIGKILL)
