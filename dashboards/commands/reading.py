"""A snapshot opened for a command, which says what is wrong with the data folder before it says any figure."""

import sys
import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queries.source import Source


def opened(data_folder: Path, known_on: date | None = None) -> "Source":
    """The snapshot known on a day, the newest without one; its notes are on standard error."""
    from queries.exceptions import SnapshotWarning
    from queries.source import open_source

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SnapshotWarning)
        source = open_source(data_folder, known_on)
    tell(source.notes)
    return source


def tell(notes: Iterable[str]) -> None:
    """Say notes on standard error."""
    for note in notes:
        print(f"campaign: {note}", file=sys.stderr)
