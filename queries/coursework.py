"""Coursework: the marks of every term, each point that they rest on, the appeals, the rules, the rows of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

import polars as pl

from data.appraisal import Frozen, Rulebook, frozen, shipped
from data.schemas import TABLES, columns
from queries import catalog
from queries.adding import added, summed_up
from queries.exceptions import SelectionError, suggestion
from queries.kept import hold
from queries.naming import with_names
from queries.selection import Selection
from queries.source import Source

CASE: Final = ["unit_id", "period_id", "scheme_id"]
CONTEXT: Final = ["group_id", "unit_type", "peer_class", "term_from", "term_to", "until_on", "base"]
APPEALED: Final = ("pending", "upheld", "rejected")


def term_marks(source: Source, selection: Selection) -> pl.DataFrame:
    """Give the marks of every term begun by the events-until day: one row per unit, term and scheme.

    Columns: group_id, unit_type, unit_id, unit_name_zh, unit_name_en, peer_class, period_id, scheme_id, term_from,
    term_to, until_on (the last day whose events count), is_closed, rankable, base, bonus_points, deduction_points,
    cut_points (what the limits 0 and 100 took or gave), coursework_mark (added up event by event, null for a unit
    without a task), published_mark (as the office entered it), exam_mark, coursework_weight, count_events,
    count_pending. The period of the selection does not matter. Sorted by term, class and unit.
    """
    marks = _marks(source, selection)
    counts = pl.col("state").is_in(["counts", "part"])
    points = pl.col("counted")
    sums = (
        _points(source, selection, marks)
        .group_by(CASE)
        .agg(
            bonus_points=points.filter(points > 0).sum().round(4),
            deduction_points=points.filter(points < 0).sum().round(4),
            count_events=counts.sum().cast(pl.Int64),
            count_standing=(counts | (pl.col("state") == "capped")).sum(),
            count_pending=(pl.col("appealed") == "pending").sum().cast(pl.Int64),
        )
    )
    told = ["bonus_points", "deduction_points", "count_events", "count_standing", "count_pending"]
    joined = marks.join(sums, on=CASE, how="left").with_columns(pl.col(told).fill_null(0))
    whole = pl.col("bonus_points") + pl.col("deduction_points")
    mark = summed_up(pl.col("base"), whole)
    has_task = pl.col("rankable") | (pl.col("count_standing") > 0)
    found = joined.with_columns(
        cut_points=pl.when(has_task).then((mark - pl.col("base") - whole).round(4)),
        coursework_mark=pl.when(has_task).then(mark),
        published_mark=pl.when(has_task).then("published_mark"),
    )
    order = ["group_id", "unit_type", "unit_id", "peer_class", "period_id", "scheme_id", "term_from", "term_to"]
    order += ["until_on", "is_closed", "rankable", "base", "bonus_points", "deduction_points", "cut_points"]
    order += ["coursework_mark", "published_mark", "exam_mark", "coursework_weight", "count_events", "count_pending"]
    return with_names(found.select(order), source).sort("term_to", "term_from", "scheme_id", "peer_class", "unit_id")


def points(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every event behind the marks of `term_marks`, counted or not: one row per unit, term, scheme and event.

    Columns: those of the unit (group_id, unit_type, unit_id, its names, peer_class), period_id, scheme_id, base,
    event_id, rule_code, rule_name_zh, rule_name_en, category, occurred_on, is_support, points_lead (what the rule
    gives), points (what it gives a unit of this role), cap, counted (what is added to the mark), state (one of
    queries.adding.STATES), replaced_by, appealed, evidence_table, evidence_key. base plus the counted points of a term,
    cut to 0 to 100, is its mark. Sorted by term, unit, day and event.
    """
    found = _points(source, selection, _marks(source, selection))
    order = ["group_id", "unit_type", "unit_id", "peer_class", "period_id", "scheme_id", "term_to", "base", "event_id"]
    order += ["rule_code", "rule_name_zh", "rule_name_en", "category", "occurred_on", "is_support", "points_lead"]
    order += ["points", "cap", "counted", "state", "replaced_by", "appealed", "evidence_table", "evidence_key"]
    return with_names(found.select(order), source).sort("term_to", "scheme_id", "unit_id", "occurred_on", "event_id")


def appeals(source: Source, selection: Selection) -> pl.DataFrame:
    """Give every appeal against an event behind `term_marks`, with the mark it is against and the one it asks for.

    One row per appealed event and term. Columns: those of `points` that say which event it is, appealed (pending,
    upheld, rejected), mark_counted (the coursework mark with the event counting), mark_struck (with it taken back),
    coursework_mark (as it stands: counted while pending or rejected, struck when upheld). Both are added up anew, so
    that another event on the same evidence, or one that a cap had kept out, takes its place. Sorted as `points`.
    """
    marks = _marks(source, selection)
    events = _joined(source, selection, marks)
    own = events.filter(
        pl.col("appealed").is_in(APPEALED), pl.col("points").is_not_null(), pl.col("occurred_on") >= pl.col("term_from")
    )
    found = own.select(
        *("group_id", "unit_type", "unit_id", "peer_class", "period_id", "scheme_id", "term_to", "event_id"),
        *("rule_code", "rule_name_zh", "rule_name_en", "occurred_on", "points", "appealed"),
        *("evidence_table", "evidence_key"),
    )
    for name, verdict in (("mark_counted", "rejected"), ("mark_struck", "upheld")):
        tried = own.select(*CASE, case_id="event_id").join(events, on=CASE)
        judged = pl.when(pl.col("event_id") == pl.col("case_id")).then(pl.lit(verdict)).otherwise("appealed")
        case = [*CASE, "case_id"]
        counted = added(tried.with_columns(appealed=judged), case)
        marked = counted.group_by(case).agg(summed_up(pl.col("base").first(), pl.col("counted").sum()).alias(name))
        found = found.join(marked, left_on=[*CASE, "event_id"], right_on=case, how="left")
    stands = pl.when(pl.col("appealed") == "upheld").then("mark_struck").otherwise("mark_counted")
    return with_names(found.with_columns(coursework_mark=stands), source).sort(
        "term_to", "scheme_id", "unit_id", "occurred_on", "event_id"
    )


def terms(marks: pl.DataFrame) -> pl.DataFrame:
    """Give the terms of `term_marks`, the latest first: period_id, scheme_id, term_from, term_to, is_closed, units."""
    return (
        marks.group_by("period_id", "scheme_id", "term_from", "term_to", "is_closed")
        .agg(units=pl.len().cast(pl.Int64))
        .sort("term_to", "term_from", "scheme_id", descending=True)
    )


def term_named(marks: pl.DataFrame, period_id: str) -> pl.DataFrame:
    """Give the marks of one term; SelectionError names the known ones when there is none of that name."""
    found = marks.filter(pl.col("period_id") == period_id)
    if found.is_empty():
        listed = marks["period_id"].unique().sort().to_list()
        known = f"known are {', '.join(listed)}" if listed else "none has begun yet"
        raise SelectionError(f"there are no marks of a term {period_id!r}: {known}.{suggestion(period_id, listed)}")
    return found


def rules_of(source: Source, period_id: str, scheme_id: str) -> tuple[Frozen, pl.DataFrame]:
    """Give the rules of a term as they are frozen, with their hash, and the rows of appraisal_rules in force in it."""
    named = ("appraisal_rules", "appraisal_scores")
    tables = {name: hold(source, ("table", name), partial(source.table, name)) for name in named}
    found = frozen(tables, period_id, scheme_id)
    rules = tables["appraisal_rules"].filter(pl.col("scheme_id") == scheme_id)
    return found, rules.filter(pl.col("rule_code").is_in([each.code for each in found.rules]))


def rulebook_of(scheme_id: str) -> Rulebook | None:
    """The rule file that comes with the application, if it is that of the scheme."""
    book = shipped()
    return book if book.scheme_id == scheme_id else None


def reasonable_weights(scheme_id: str) -> tuple[float, float]:
    """The lowest and highest weight under which the ranks of a scheme are tried: its file's, else the default ones."""
    return (rulebook_of(scheme_id) or shipped()).reasonable_weights


def evidence(source: Source, table: str, key: str) -> dict[str, Any]:
    """Give the row that a point stands on, by column; empty when this source does not hold it."""
    return evidences(source, [(table, key)]).get((table, key), {})


def evidences(source: Source, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the rows that points stand on, by table and key; those that this source does not hold are left out."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    keys: dict[str, list[str]] = {}
    for table, key in wanted:
        keys.setdefault(table, []).append(key)
    for table in keys.keys() & TABLES.keys():
        parts = [pl.col(column.name).cast(pl.String) for column in columns(table) if column.key]
        rows = source.table(table).with_columns(evidence_key=pl.concat_str(parts, separator="|"))
        for row in rows.filter(pl.col("evidence_key").is_in(keys[table])).to_dicts():
            found[table, row.pop("evidence_key")] = row
    return found


def _marks(source: Source, selection: Selection) -> pl.DataFrame:
    resolved = selection.resolve(source)
    values = {
        "groups": list(resolved.groups) or None,
        "unit_types": list(resolved.unit_types) or None,
        "events_until": resolved.events_until,
    }
    return source.query(catalog.text("states", "appraisal_marks"), values)


def _joined(source: Source, selection: Selection, marks: pl.DataFrame) -> pl.DataFrame:
    """Every event up to the last day of each term of its unit, with the term; those before its first day too."""
    values = {"events_until": selection.resolve(source).events_until}
    events = source.query(catalog.text("states", "given_points"), values)
    joined = marks.select(*CASE, *CONTEXT).join(events, on="unit_id", how="inner", suffix="_rule")
    of_scheme = pl.col("scheme_id_rule").is_null() | (pl.col("scheme_id_rule") == pl.col("scheme_id"))
    return joined.filter(of_scheme, pl.col("occurred_on") <= pl.col("until_on"))


def _points(source: Source, selection: Selection, marks: pl.DataFrame) -> pl.DataFrame:
    return added(_joined(source, selection, marks), CASE)
