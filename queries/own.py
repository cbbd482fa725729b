"""Own: indicators that an office adds in a folder of its own, beside those that come with the application."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from queries.exceptions import CatalogError

NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""What an indicator may be called: it is a file, a column and an attribute in a notebook."""


class OwnFile(NamedTuple):
    """One SQL file as it stands now: a changed one is another."""

    path: Path
    written_ns: int
    size: int

    @property
    def name(self) -> str:
        """The name of the indicator."""
        return self.path.stem


_taken: list[Path] = []


def take_in(folder: Path | None) -> None:
    """Let the catalogue have the indicators of a folder from now on, NAME.sql each; None leaves it with the shipped."""
    _taken[:] = [] if folder is None else [folder]


def folder() -> Path | None:
    """Give the folder that was taken in."""
    return _taken[0] if _taken else None


def files() -> tuple[OwnFile, ...]:
    """Give the SQL files of the folder in alphabetical order; none where nothing was taken in or nothing is there."""
    where = folder()
    if where is None or not where.is_dir():
        return ()
    found = ((path, path.stat()) for path in where.glob("*.sql"))
    return tuple(sorted(OwnFile(path, stat.st_mtime_ns, stat.st_size) for path, stat in found))


def checked_name(name: str) -> str:
    """Give the name back; CatalogError says what a name may be made of."""
    if not NAME.fullmatch(name):
        raise CatalogError(
            f"{name!r} is no name for an indicator: take small letters a to z, digits and single underscores, "
            "beginning with a letter, for instance night_visit_share."
        )
    return name
