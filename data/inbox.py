"""An inbox: the folder of one week, holding either the senders' workbooks or whole tables."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from data.intake import Child, Failure, Reader, Received, Workbook, read_folder, read_workbook
from data.intake.failures import whole_file
from data.intake.files import IGNORED
from data.manifest import SourceFile
from data.schemas import TABLES
from data.schemas.senders import OFFICE

FORMS: Final = (".xlsx", ".csv", ".parquet")


@dataclass(frozen=True)
class Inbox:
    """What a folder held, and everything that was wrong with its files.

    `whole` are whole tables, the full state of a week; otherwise `sent` are the senders' workbooks, to be merged.
    """

    whole: Received | None
    sent: tuple[Workbook, ...] = ()
    sources: tuple[SourceFile, ...] = field(default=())
    failures: tuple[Failure, ...] = ()

    def without(self, senders: Collection[str]) -> Inbox:
        """The inbox as if these had sent nothing."""
        if not senders:
            return self
        left_out = [book for book in self.sent if book.sender in senders]
        kept = tuple(book for book in self.sent if book.sender not in senders)
        theirs = [failure for book in left_out for failure in book.failures]
        sources = tuple(source for book in kept for source in book.sources)
        return replace(
            self, sent=kept, sources=sources, failures=tuple(one for one in self.failures if one not in theirs)
        )


def read_inbox(
    folder: Path, groups: Sequence[str] = (), *, full: bool | None = None, reader: Reader | None = None
) -> Inbox:
    """Read a week's folder. Nothing is raised for the content: what is wrong stands in `failures`.

    `groups` are those that may send a workbook beside the office. Whether the folder holds whole tables is told by
    `full`, otherwise by the names of its files. They are read by the reader, otherwise by a process of their own.
    """
    if full or (full is None and (not groups or _has_tables(folder))):
        whole = read_folder(folder, reader=reader)
        return Inbox(whole, (), whole.sources, whole.failures)
    failures: list[Failure] = []
    books: list[Workbook] = []
    with Child() if reader is None else nullcontext(reader) as reading:
        for path in _entries(folder, failures):
            sender = sender_of(path, (*groups, OFFICE))
            if not sender:
                failures.append(whole_file(path.name, _why_unknown(path, groups)))
            elif sender in [book.sender for book in books]:
                failures.append(whole_file(path.name, f"{sender} sent twice: keep its workbook or its folder"))
            else:
                books.append(read_workbook(path, sender, reader=reading))
    for book in books:
        failures += book.failures
    return Inbox(None, tuple(books), tuple(source for book in books for source in book.sources), tuple(failures))


def sender_of(path: Path, senders: Collection[str]) -> str:
    """Whose workbook (T1.xlsx, T1.XLSX) or folder (T1) it is by its name; empty when it is nobody's."""
    if path.is_dir():
        return path.name if path.name in senders else ""
    return path.stem if path.stem in senders and path.suffix.lower() == ".xlsx" else ""


def _has_tables(folder: Path) -> bool:
    """Whether a folder holds whole tables (units.csv, visits.xlsx …)."""
    return folder.is_dir() and any(path.stem in TABLES and path.suffix.lower() in FORMS for path in folder.iterdir())


def _entries(folder: Path, failures: list[Failure]) -> Iterator[Path]:
    if not folder.is_dir():
        failures.append(whole_file(folder.name, "there is no such folder: check its name"))
        return
    for path in sorted(folder.iterdir()):
        if not path.name.startswith((".", "~$")) and path.name not in IGNORED:
            yield path
        elif path.name.startswith("~$"):
            failures.append(whole_file(path.name, "the workbook is open in Excel: close it"))


def _why_unknown(path: Path, groups: Sequence[str]) -> str:
    senders = [*groups, OFFICE]
    if path.suffix.lower() == ".xlsm":
        return "the workbook holds macros: save it as a plain .xlsx"
    near = difflib.get_close_matches(path.stem.upper(), groups, n=1) or difflib.get_close_matches(
        path.stem, senders, n=1
    )
    guess = f"did you mean {near[0] + '.xlsx'!r}?" if near else f"the senders are {', '.join(senders)}"
    return f"no sender's workbook: {guess}"
