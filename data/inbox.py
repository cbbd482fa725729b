"""An inbox: the folder of one week, holding either the senders' workbooks or whole tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.intake import Failure, Received, read_folder
from data.manifest import SourceFile
from data.merging import Sent
from data.schemas import TABLES

FORMS: Final = (".xlsx", ".csv", ".parquet")


@dataclass(frozen=True)
class Inbox:
    """What a folder held: `sent` by sender, or the `whole` tables; and everything that was wrong with the files."""

    is_full: bool
    sent: tuple[Sent, ...]
    whole: Received
    sources: tuple[SourceFile, ...]
    failures: tuple[Failure, ...]


def read_inbox(folder: Path) -> Inbox:
    """Read a week's folder. Nothing is raised for the content: what is wrong stands in `failures`."""
    whole = read_folder(folder)
    return Inbox(True, (), whole, whole.sources, whole.failures)


def is_full(folder: Path) -> bool:
    """Whether a folder holds whole tables (units.csv, visits.xlsx …) and no workbook of a sender."""
    names = [path.stem for path in sorted(folder.iterdir()) if path.suffix in FORMS] if folder.is_dir() else []
    return any(name in TABLES for name in names)
