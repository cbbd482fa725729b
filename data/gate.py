"""The gate: a week as it would be published, with everything the rules and the comparison with last week say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
from data.manifest import RuleWarning, SourceFile
from data.merging import CHANGES, merge, silent
from data.prepared import Prepared, PublishingError
from data.reasons import proper
from data.rules import PROVED, RULES
from data.signing import Signed
from data.snapshots import Snapshot

Accepted = Mapping[str, str]
"""Warning rules that are signed off, each with the reason."""


@dataclass(frozen=True)
class Examined:
    """One week at the gate. Nothing is published by looking.

    `failures` (columns file, place, rule, column, value, message) refuse the week; `warnings` want a sign-off.
    `changes` are the cells that the week's files change (data.merging.CHANGES), `unchanged` the rows that say what is
    known already; `differences` (data.difference.DIFFERENCE) compare with the snapshot `former`; `silent` are the
    groups that sent nothing new, with the day they were last heard (columns group_id, last_sent_on); `resent` are the
    senders whose files were taken in already with an earlier week, and are passed over. `left_out` names the snapshots
    of the line after `former`, which are damaged and which this week would drop.
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
    resent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    built_on: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether anything stops it."""
        return not self.failures.is_empty()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is wrong with the snapshot that the week follows."""
        return () if self.former is None else self.former.notes

    @property
    def is_sunday(self) -> bool:
        """Whether the known-on day is one on which weeks are frozen."""
        return self.known_on.isoweekday() == 7

    def unsigned(self, accepted: Accepted) -> dict[str, int]:
        """The warning rules without a reason, with the rows each marks that nobody accepted before."""
        return {
            found.rule.code: found.new
            for found in self.warnings
            if found.new and not accepted.get(found.rule.code, "").strip()
        }

    def prepare(self, accepted: Accepted, because: str = "") -> Prepared:
        """The week ready to be published; `because` is why the snapshots in `left_out` may be dropped.

        RefusedError with what is wrong, UnsignedError with what nobody accepted, PublishingError when a snapshot would
        be dropped without a reason, or a reason is too long or names a person.
        """
        if self.is_refused:
            raise RefusedError(self.failures)
        if unsigned := self.unsigned(accepted):
            raise UnsignedError(unsigned)
        if self.left_out and not because.strip():
            raise PublishingError(self.dropping)
        signed = tuple(_signed(found, accepted) for found in self.warnings)
        prepared = Prepared.of(dict(self.frames), self.known_on, self.inbox.sources, signed)
        return replace(prepared, built_on=self.built_on, because=proper(because) if self.left_out else "")

    @property
    def dropping(self) -> str:
        """What publishing would drop, and what to do about it; empty when nothing would be dropped."""
        if not self.left_out or self.former is None:
            return ""
        return (
            f"{' '.join(self.notes)} This week would be built on {self.former.id}, leaving out "
            f"{', '.join(self.left_out)}: restore it, or say why it may be left out: "
            f'--build-on {self.former.id} --because "…". Nothing was published.'
        )

    def results(self) -> pl.DataFrame:
        """One row per rule: rule, severity, zh, en, count of failing cells, sorted by code.

        What stands on the disk (V33) is proved only when the week is published; here nothing is counted of it.
        """
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
        rows.append(dict(zip(("rule", "zh", "en"), PROVED, strict=True)) | {"severity": "error", "count": 0})
        return pl.DataFrame(rows, schema_overrides={"count": pl.Int64}).sort("rule")


def _signed(found: Finding, accepted: Accepted) -> RuleWarning:
    """The sign-off of a rule: a new reason, or that of the snapshot before when nothing is new."""
    reason = accepted.get(found.rule.code, "").strip() or found.because
    return RuleWarning(found.rule.code, found.count, proper(reason), found.count - found.new or None)


def examine(inbox: Inbox, known_on: date, former: Snapshot | None, taken: Collection[SourceFile] = ()) -> Examined:
    """Hold a week's files against the rules and against the snapshot before.

    Workbooks are merged onto that snapshot; whole tables stand for themselves. A sender all of whose files are among
    those `taken` in with earlier weeks has sent nothing new: its workbook is passed over. The result does not depend on
    the clock, the machine or the order of rows.
    """
    resent = _resent(inbox, taken)
    inbox = inbox.without(resent)
    before = None if former is None else former.tables()
    signed = None
    if former is not None and before is not None:
        signed = Signed(before, former.known_on, {one.rule: one for one in former.manifest.warnings})
    failures: list[Failure] = list(inbox.failures)
    changes, unchanged = CHANGES.to_frame(), 0
    missing = pl.DataFrame(schema={"group_id": pl.String, "last_sent_on": pl.Date})
    frames: Mapping[str, pl.DataFrame]
    if inbox.whole is not None:
        frames = inbox.whole.frames
        tables = {table: frame for table, frame in frames.items() if table not in inbox.whole.unread}
        checked = check(
            tables, inbox.whole.places, known_on, former=signed, unreadable_rows=inbox.whole.unreadable_rows
        )
    elif before is None or former is None:
        raise DataError("There is no snapshot yet to add workbooks to: take in whole tables first, with --full.")
    else:
        merged = merge(before, former.id, inbox.sent, known_on)
        failures += merged.failures
        frames, changes, unchanged = merged.frames, merged.changes, merged.unchanged
        missing = silent(before, before["supervision_groups"]["group_id"].to_list(), inbox.sent)
        checked = _without(_refused_rows(inbox, merged.failures), check(frames, merged.places, known_on, former=signed))
    failures += checked.failures
    differences = DIFFERENCE.to_frame()
    if before is not None and former is not None and not failures:
        differences = difference(before, frames, former.known_on, known_on)
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
        resent=resent,
    )


def _resent(inbox: Inbox, taken: Collection[SourceFile]) -> tuple[str, ...]:
    known = {(source.name, source.sha256) for source in taken}
    return tuple(
        book.sender
        for book in inbox.sent
        if book.sources and all((source.name, source.sha256) in known for source in book.sources)
    )


def _refused_rows(inbox: Inbox, failures: Iterable[Failure]) -> set[tuple[str, str]]:
    """File and row of the sent rows that are refused already: not the sender's, or with a cell that cannot be read."""
    return {(one.file, _row(one.place)) for one in failures if one.rule == "owner"} | {
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
