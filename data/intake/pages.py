"""The sheets of a sender's workbook: each table's read, every other one known or empty."""

from __future__ import annotations

import difflib
from typing import Final

from data.intake.book import Book, Page
from data.intake.excel import opened_book, read_page
from data.intake.failures import Failure, whole_file
from data.intake.sheet import Limits, UnreadableError
from data.intake.tables import Table, typed
from data.intake.workbook import HEADER_ROW, Workbook
from data.intake.worksheet import Worksheet
from data.schemas import TABLES
from data.schemas.senders import GROUP_TABLES, VOID, sent_columns, tables_of

GUIDE: Final = "说明 Guide"
CODES: Final = "代码 Codes"
REFERENCE: Final = "参照 "
"""With this begins the name of every sheet that only lists what may be written."""


def read_content(file: str, content: bytes, sender: str, limits: Limits) -> Workbook:
    """The workbook in these bytes. UnreadableError when it is none; what is wrong with a sheet is in `failures`."""
    book = opened_book(file, content, limits)
    known = tables_of(sender)
    tables: dict[str, Table] = {}
    failures: list[Failure] = []
    unread: set[str] = set()
    for page in book.pages:
        try:
            if page.title not in known:
                _check_empty(file, book, page, known)
                continue
            if not page.visible:
                raise UnreadableError(_hidden(file, page))
            columns = sent_columns(page.title)
            sheet = read_page(file, book, page, columns, limits, header_row=HEADER_ROW, optional=[VOID.name])
            tables[page.title] = typed(sheet, columns, content)
            failures += tables[page.title].failures
        except UnreadableError as error:
            failures += error.failures
            unread |= {page.title} & set(known)
    if not tables and not failures:
        failures.append(whole_file(file, f"none of the sheets of a week is there: {', '.join(tables_of(sender))}"))
    return Workbook(sender, tables, tuple(failures), frozenset(unread))


def _hidden(file: str, page: Page) -> Failure:
    return Failure(file, page.title, "file", "", "", "this sheet is hidden: show it, or remove it")


def _check_empty(file: str, book: Book, page: Page, known: tuple[str, ...]) -> None:
    """UnreadableError for a sheet that is neither a table, nor one of the template's others, nor empty."""
    if page.title in (GUIDE, CODES) or page.title.startswith(REFERENCE):
        return
    if next(Worksheet(file, book, page).rows(), None) is None:
        return
    near = difflib.get_close_matches(page.title.strip().lower(), known, n=1)
    guess = f"did you mean {near[0]!r}?" if near else f"the sheets are {', '.join(known)}"
    if page.title in TABLES:
        guess = f"{'the groups send' if page.title in GROUP_TABLES else 'the office sends'} this table"
    seen = "unknown sheet" if page.visible else "unknown hidden sheet"
    message = f"{seen}: {guess}. Rename it, or remove it".replace("?.", "?")
    raise UnreadableError(Failure(file, page.title, "file", "", page.title, message))
