"""Restatements: what an earlier snapshot said of a matter and a later one says otherwise, and when that was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from data.snapshots import Snapshot
from queries.dossier import register, steps
from queries.held import cut
from queries.kept import hold
from queries.selection import Selection
from queries.source import Source

OF_MATTERS: Final = {"title_zh": "wording", "due_on_original": "due_original", "due_on": "due", "status": "status"}
OF_ELEMENTS: Final = {"decided_value": "target", "restated_value": "restated", "state": "kept"}
DECIDED: Final = ("wording", "target", "due_original", "due")
"""The terms of the decision itself: its wording, its targets, its deadlines."""

CAUSE: Final = ("cause_on", "asked_on", "asked_by_zh", "asked_by_en", "granted_by_zh", "granted_by_en")
BRINGS: Final = {
    **{"registered": "registered", "assigned": "assigned", "started": "in_progress", "feedback": "in_progress"},
    **{"claimed_done": "claimed_done", "closed": "closed"},
}
"""The standing of a matter that a step brings about."""

ELEMENT: Final = ("element_no", "element_kind", "level", "unit_of_measure", "recorded_on")
TERMS: Final[dict[str, pl.DataType]] = {
    **{"matter_id": pl.String(), "element_no": pl.Int32(), "element_kind": pl.String(), "level": pl.Int32()},
    **{"unit_of_measure": pl.String(), "recorded_on": pl.Date(), "reported_at": pl.Datetime("us")},
    **{"term": pl.String(), "said": pl.String(), "known_on": pl.Date()},
}


def reading(snapshot: Snapshot) -> pl.DataFrame:
    """Give how a snapshot reads the terms of its matters: one row per matter and term, elements level by level.

    Only the tables matters and matter_elements are read. Columns: those of TERMS; said is the value as text (days as
    YYYY-MM-DD). A term without a value, and what was withdrawn, has no row.
    """
    return terms(snapshot.frame("matters"), snapshot.frame("matter_elements"), snapshot.known_on)


def terms(matters: pl.DataFrame, elements: pl.DataFrame, known_on: date) -> pl.DataFrame:
    """Give the same of the two tables as they were known on a day."""
    of_element = pl.when(pl.col("level") == 0)
    decided, restated, kept = (pl.col(name) for name in OF_ELEMENTS)
    below = elements.with_columns(
        decided_value=of_element.then(decided),
        restated_value=of_element.then(None).otherwise(restated),
        state=of_element.then(None).otherwise(kept),
    )
    told = [_told(frame, names) for frame, names in ((matters, OF_MATTERS), (below, OF_ELEMENTS))]
    return pl.concat(told).with_columns(known_on=pl.lit(known_on)).select(*TERMS)


def changes(readings: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Give each reading that differs from the last one before it of the same term: one row per change.

    Columns: those of TERMS, said_before and known_before. A term that is new, and one that is gone, is no change.
    """
    stacked = pl.concat(readings) if readings else pl.DataFrame(schema=TERMS)
    same = ["matter_id", "term", "element_no", "level"]
    before = {"said_before": "said", "known_before": "known_on"}
    ordered = stacked.sort("known_on", maintain_order=True)
    compared = ordered.with_columns(pl.col(old).shift(1).over(same).alias(new) for new, old in before.items())
    return compared.filter(pl.col("said") != pl.col("said_before"))


def restatements(changed: pl.DataFrame, source: Source, selection: Selection) -> pl.DataFrame:
    """Give every term of a matter that a snapshot reads otherwise than the one before: one row per change.

    `changed` is what `changes` gives of the snapshots up to the source's; matters the source does not have are left
    out. Columns: matter_id with matter_no, title_zh, group_id, unit_type, unit_id and the lead body's names, term
    (wording, due_original, due, status, target, restated, kept), element_no, element_kind, level, unit_of_measure,
    said_before, said (as text), happened_on (the day of the step that brought it, or on which the element was recorded;
    null where neither is on record), reported_on (the day the new reading was reported), known_before and known_on (the
    last snapshot with the old reading, the first with the new one), asked_on, asked_by_zh, asked_by_en, granted_by_zh,
    granted_by_en (of an extension). What happened after the events-until day is left out; of a selection with a period,
    what neither happened nor, without a day, became known in its weeks. Sorted by known_on and matter_id.
    """
    resolved = selection.resolve(source)
    until = resolved.events_until
    key = ("restatements", until, changed.height, changed["known_on"].max())
    found = cut(hold(source, key, lambda: _known(changed, source, until)), resolved)
    if selection.period is None:
        return found
    week = (pl.coalesce("happened_on", "known_on") - source.launched_on).dt.total_days() // 7 + 1
    return found.filter(week.clip(lower_bound=1).is_between(*selection.period))


def _known(changed: pl.DataFrame, source: Source, until: date | None) -> pl.DataFrame:
    """The changes of the whole source, with who and when, without those that happened after a day."""
    registered = register(source, Selection(events_until=until))
    found = changed.join(_named(registered), on="matter_id", how="inner").with_row_index("change")
    causes = found.select("change", "matter_id", "term", "said", "known_before", "known_on").join(
        _causes(steps(source, Selection())), on=["matter_id", "term"]
    )
    causes = causes.filter(
        pl.col("told_on").is_between("known_before", "known_on", closed="right"),
        pl.coalesce("brings", "said") == pl.col("said"),
    )
    caused = pl.when(pl.col("term") == "due").then(-pl.col("step_no")).otherwise("step_no")
    causes = causes.sort(caused).unique("change", keep="first", maintain_order=True).select("change", *CAUSE)
    found = found.join(causes, on="change", how="left")
    return (
        found.with_columns(
            happened_on=pl.coalesce("cause_on", "recorded_on"), reported_on=pl.col("reported_at").dt.date()
        )
        .filter(pl.coalesce("happened_on", pl.lit(until)) <= until)
        .drop("change", "recorded_on", "reported_at", "cause_on")
        .sort("known_on", "matter_id", "term", "element_no", "level")
    )


def _told(frame: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """One row per row of the table and term with a value."""
    missing = [pl.lit(None, TERMS[name]).alias(name) for name in ELEMENT if name not in frame.columns]
    kept = ["matter_id", *ELEMENT, "reported_at"]
    values = [pl.col(name).cast(pl.String).alias(term) for name, term in names.items()]
    wide = frame.filter(~pl.col("is_void")).with_columns(*missing).select(*kept, *values)
    return wide.unpivot(index=kept, variable_name="term", value_name="said").drop_nulls("said")


def _named(matters: pl.DataFrame) -> pl.DataFrame:
    names = ("matter_no", "title_zh", "group_id", "unit_type", "unit_id", "body_name_zh", "body_name_en")
    return matters.select("matter_id", *names)


def _causes(taken: pl.DataFrame) -> pl.DataFrame:
    """The steps that may have changed a reading: one row each, with who asked last for an extension that was granted.

    An extension brings whatever deadline is read then, any other step the standing it stands for.
    """
    asked = pl.when(pl.col("event_type") == "extension_asked").then(
        pl.struct(asked_on="happened_on", asked_by_zh="from_name_zh", asked_by_en="from_name_en")
    )
    granted = pl.col("event_type") == "extension_granted"
    brings = pl.col("event_type").replace_strict(BRINGS, default=None, return_dtype=pl.String)
    ordered = taken.sort("matter_id", "step_no").with_columns(
        asked=asked.forward_fill().over("matter_id"), brings=brings
    )
    asking = [pl.when(granted).then(pl.col("asked").struct.field(name)).alias(name) for name in CAUSE[1:4]]
    return ordered.filter(granted | brings.is_not_null()).select(
        "matter_id",
        "step_no",
        "brings",
        *asking,
        term=pl.when(granted).then(pl.lit("due")).otherwise(pl.lit("status")),
        cause_on="happened_on",
        told_on=pl.col("reported_at").dt.date(),
        granted_by_zh=pl.when(granted).then("from_name_zh"),
        granted_by_en=pl.when(granted).then("from_name_en"),
    )
