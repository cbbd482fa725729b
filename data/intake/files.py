"""The files of a folder as bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.intake.failures import whole_file
from data.intake.sheet import UnreadableError

IGNORED: Final = ("Thumbs.db", "desktop.ini")
"""Left behind by file managers; names that start with a point are passed over too."""


def content_of(path: Path, file: str, most: int) -> bytes:
    """The bytes of a file, called `file` in messages. UnreadableError when it is unreadable or larger than `most`."""
    try:
        if path.stat().st_size > most:
            raise UnreadableError(whole_file(file, f"larger than {most // 1_000_000} MB: split it"))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(whole_file(file, f"cannot be read: {error.strerror}")) from error
