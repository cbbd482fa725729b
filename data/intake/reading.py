"""Reading files in this very process: what the reading process does, and enough for files made here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from data.intake.log import LogSheet, read_log
from data.intake.pages import read_content
from data.intake.sheet import Limits
from data.intake.tables import Table, read_sent_csv, read_table
from data.intake.workbook import Workbook

TASKS: Final[dict[str, Callable[[str, bytes, str, Limits], Table | Workbook | LogSheet]]] = {
    "table": read_table,
    "sent_csv": read_sent_csv,
    "workbook": read_content,
    "log": read_log,
}
"""What can be asked of the reading process, by name."""


class Here:
    """A reader without a process of its own: for files that were made here, and for tests of what is read."""

    def table(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        """As Reader.table."""
        return read_table(file, content, table, limits)

    def sent_csv(self, file: str, content: bytes, table: str, limits: Limits) -> Table:
        """As Reader.sent_csv."""
        return read_sent_csv(file, content, table, limits)

    def workbook(self, file: str, content: bytes, sender: str, limits: Limits) -> Workbook:
        """As Reader.workbook."""
        return read_content(file, content, sender, limits)

    def log(self, file: str, content: bytes, names: str, limits: Limits) -> LogSheet:
        """As Child.log."""
        return read_log(file, content, names, limits)
