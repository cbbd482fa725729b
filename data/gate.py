"""The gate: a week as it would be published, with everything the rules and the comparison with last week say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase
from typing import Any

import polars as pl

from data.checking import Checked, Finding, check
from data.difference import DIFFERENCE, difference
from data.exceptions import DataError, RefusedError, UnsignedError
from data.inbox import Inbox
from data.intake import Failure, failure_frame
from data.manifest import RuleWarning
from data.merging import CHANGES, merge, silent
from data.publishing import Prepared
from data.rules import RULES
from data.snapshots import Snapshot

Accepted = Mapping[str, str]
"""Warning rules that are signed off, each with the reason."""


@dataclass(frozen=True)
class Examined:
    """One week at the gate. Nothing is published by looking.

    `failures` (columns file, place, rule, column, value, message) refuse the week; `warnings` want a sign-off.
    `changes` are the cells that the week's files change (data.merging.CHANGES), `unchanged` the rows that say what is
    known already; `differences` (data.difference.DIFFERENCE) compare with the snapshot `former`; `silent` are the
    groups that sent nothing, with the day they were last heard (columns group_id, last_sent_on).
    """

    known_on: date
    former: Snapshot | None
    frames: Mapping[str, pl.DataFrame]
    inbox: Inbox
    failures: pl.DataFrame
    warnings: tuple[Finding, ...]
    changes: pl.DataFrame
    unchanged: int
    differences: pl.DataFrame
    silent: pl.DataFrame

    @property
    def is_refused(self) -> bool:
        """Whether anything stops it."""
        return not self.failures.is_empty()

    def unsigned(self, accepted: Accepted) -> dict[str, int]:
        """The warning rules without a reason, with the rows each marks."""
        return {
            found.rule.code: found.count for found in self.warnings if not accepted.get(found.rule.code, "").strip()
        }

    def prepare(self, accepted: Accepted) -> Prepared:
        """The week ready to be published. RefusedError with what is wrong, UnsignedError with what nobody accepted."""
        if self.is_refused:
            raise RefusedError(self.failures)
        if unsigned := self.unsigned(accepted):
            raise UnsignedError(unsigned)
        signed = tuple(
            RuleWarning(found.rule.code, found.count, accepted[found.rule.code].strip()) for found in self.warnings
        )
        return Prepared.of(dict(self.frames), self.known_on, self.inbox.sources, signed)

    def results(self) -> pl.DataFrame:
        """One row per rule: rule, severity, zh, en, count of failing cells, sorted by code."""
        counts: dict[str, int] = {found.rule.code: found.cells.height for found in self.warnings}
        for code, count in self.failures.group_by("rule").len().iter_rows():
            counts[code] = counts.get(code, 0) + count
        rows: list[dict[str, Any]] = [
            {
                "rule": rule.code,
                "severity": rule.severity,
                "zh": rule.zh,
                "en": rule.en,
                "count": counts.get(rule.code, 0),
            }
            for rule in RULES
        ]
        return pl.DataFrame(rows, schema_overrides={"count": pl.Int64})


def examine(inbox: Inbox, known_on: date, former: Snapshot | None) -> Examined:
    """Hold a week's files against the rules and against the snapshot before.

    Workbooks are merged onto that snapshot; whole tables stand for themselves. The result does not depend on the clock,
    the machine or the order of rows.
    """
    before = None if former is None else former.tables()
    failures: list[Failure] = list(inbox.failures)
    changes, unchanged = CHANGES.to_frame(), 0
    missing = pl.DataFrame(schema={"group_id": pl.String, "last_sent_on": pl.Date})
    frames: Mapping[str, pl.DataFrame]
    if inbox.whole is not None:
        frames = inbox.whole.frames
        tables = {table: frame for table, frame in frames.items() if table not in inbox.whole.unread}
        checked = check(
            tables, inbox.whole.places, known_on, former=before, unreadable_rows=inbox.whole.unreadable_rows
        )
    elif before is None or former is None:
        raise DataError("There is no snapshot yet to add workbooks to: take in whole tables first, with --full.")
    else:
        merged = merge(before, former.id, inbox.sent, known_on)
        failures += merged.failures
        frames, changes, unchanged = merged.frames, merged.changes, merged.unchanged
        missing = silent(before, before["supervision_groups"]["group_id"].to_list(), inbox.sent)
        checked = _without(_refused_rows(inbox), check(frames, merged.places, known_on, former=before))
    failures += checked.failures
    differences = DIFFERENCE.to_frame()
    if before is not None and former is not None and not failures:
        differences = difference(before, frames, former.known_on)
    return Examined(
        known_on=known_on,
        former=former,
        frames=frames,
        inbox=inbox,
        failures=failure_frame(failures),
        warnings=checked.warnings,
        changes=changes,
        unchanged=unchanged,
        differences=differences,
        silent=missing,
    )


def _refused_rows(inbox: Inbox) -> set[tuple[str, str]]:
    """File and row of the sent rows with a cell that could not be read, and is therefore empty."""
    return {
        (book.places[table].file, _row(book.places[table].of(row)))
        for book in inbox.sent
        for table, rows in book.unreadable_rows.items()
        for row in rows
    }


def _without(rows: set[tuple[str, str]], checked: Checked) -> Checked:
    """What the rules found outside some rows: one fault of a cell does not show as several."""
    return replace(checked, failures=tuple(one for one in checked.failures if (one.file, _row(one.place)) not in rows))


def _row(place: str) -> str:
    """The sheet and row of a place, without the column's letter: visits!C5 and visits!A5 are one row."""
    sheet, mark, cell = place.partition("!")
    return f"{sheet}!{cell.lstrip(ascii_uppercase)}" if mark else place
