"""V34 and V38: points stand on rows and add up to the mark, and the rules of a term that has begun stay as they are."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from data.appraisal import RuleInForce, frozen
from data.rules.base import FAILURES, Tables, current, failing, numbered, rule, together
from data.schemas import TABLES, columns

TERM: Final = r"^(?<year>\d{4})(?:H(?<half>[12])|Q(?<quarter>[1-4])|-(?<month>\d{2}))?$"
MONTHS: Final = {"half": 6, "quarter": 3, "month": 1}
ROUNDING: Final = 0.05


@rule(
    "V34",
    zh="加减分没有依据行,或平时成绩不等于基础分加各项得分",
    en="the evidence row is not there, or the coursework mark is not the base with its points",
    tables=("appraisal_events", "appraisal_scores", "appraisal_rules", "matter_bodies", "bodies"),
)
def v34(tables: Tables, known_on: date) -> pl.DataFrame:
    """Each event has its evidence; each mark is clip(base + points, 0, 100).

    The points of one rule count up to its cap, and of several events of a unit on one row of evidence only the largest.
    """
    return together(*_without_evidence(tables), _wrong_marks(tables))


def _without_evidence(tables: Tables) -> list[pl.DataFrame]:
    events = current(tables, "appraisal_events")
    found = []
    for (table,), rows in events.group_by("evidence_table"):
        name = str(table)
        if name not in TABLES:
            found.append(failing(rows, "appraisal_events", "evidence_table"))
        elif name in tables:
            parts = [pl.col(column.name).cast(pl.String) for column in columns(name) if column.key]
            keys = tables[name].select(pl.concat_str(parts, separator="|").alias("evidence_key"))
            found.append(failing(rows.join(keys, on="evidence_key", how="anti"), "appraisal_events", "evidence_key"))
    return found


def _wrong_marks(tables: Tables) -> pl.DataFrame:
    """Marks of terms that are written as said in the schema; those of other terms are not judged."""
    scores = current(tables, "appraisal_scores").with_columns(_term()).drop_nulls("term_from")
    rules = tables["appraisal_rules"].unique(["scheme_id", "rule_code"])
    support = pl.when("is_support").then("role_factor_support").otherwise(1.0)
    until = pl.col("effective_to").fill_null(pl.col("occurred_on"))
    sums = (
        scores.join(_counting_events(tables), on="unit_id")
        .join(rules, on=["scheme_id", "rule_code"])
        .filter(pl.col("occurred_on") <= pl.col("term_to"), pl.col("occurred_on").is_between("effective_from", until))
        .with_columns(points=pl.col("points") * support)
        .sort(pl.col("points").abs(), "points", "event_id", descending=[True, True, False])
        .unique(["row", "evidence_table", "evidence_key"], keep="first", maintain_order=True)
        .filter(pl.col("occurred_on") >= pl.col("term_from"))
        .group_by("row", "rule_code", "cap")
        .agg(pl.col("points").sum())
        .group_by("row")
        .agg(_capped().sum().alias("sum"))
    )
    expected = (pl.col("base") + pl.col("sum").fill_null(0.0)).clip(0, 100)
    judged = scores.join(sums, on="row", how="left")
    wrong = judged.filter((expected - pl.col("coursework_mark")).abs() > ROUNDING)
    return failing(wrong, "appraisal_scores", "coursework_mark")


def _capped() -> pl.Expr:
    """The points of a rule up to its cap; a rule without a cap has all of them."""
    points, cap = pl.col("points"), pl.col("cap")
    return pl.when(cap < 0).then(pl.max_horizontal(points, cap)).otherwise(pl.min_horizontal(points, cap))


def _counting_events(tables: Tables) -> pl.DataFrame:
    """Events that count, one row each: not withdrawn, and not taken back on appeal; a supporting unit is marked."""
    supporting = (
        tables["matter_bodies"]
        .filter((pl.col("role") == "support") & ~pl.col("is_void"))
        .join(tables["bodies"].drop_nulls("unit_id"), on="body_id")
        .select("unit_id", pl.lit("matters").alias("evidence_table"), pl.col("matter_id").alias("evidence_key"))
        .unique()
        .with_columns(pl.lit(True).alias("is_support"))
    )
    events = current(tables, "appraisal_events").filter(pl.col("appealed") != "upheld").drop("row")
    joined = events.join(supporting, on=["unit_id", "evidence_table", "evidence_key"], how="left")
    return joined.with_columns(pl.col("is_support").fill_null(False))


def _term() -> list[pl.Expr]:
    """First and last day of a term such as 2014, 2014H1, 2014Q2 or 2014-04."""
    parts = pl.col("period_id").str.extract_groups(TERM)
    year = parts.struct.field("year").cast(pl.Int32)
    numbers = {name: parts.struct.field(name).cast(pl.Int32) for name in MONTHS}
    month = pl.coalesce(*((numbers[name] - 1) * months + 1 for name, months in MONTHS.items()), pl.lit(1))
    length = pl.coalesce(
        *(pl.when(numbers[name].is_not_null()).then(months) for name, months in MONTHS.items()), pl.lit(12)
    )
    is_month = month.is_between(1, 12)
    first = pl.when(is_month).then(pl.date(year, pl.when(is_month).then(month).otherwise(1), 1))
    last = first.dt.offset_by(pl.format("{}mo", length)).dt.offset_by("-1d")
    return [first.alias("term_from"), last.alias("term_to")]


@rule(
    "V38",
    history=True,
    zh="已开始的考核期,其计分规则、基础分或权重与上期快照不同:修改须自下一考核期起生效",
    en="a rule, base mark or weight of a term that has begun differs from last week's: let a change begin with a term",
    tables=("appraisal_rules", "appraisal_scores"),
)
def v38(tables: Tables, known_on: date, former: Tables) -> pl.DataFrame:
    """The rules of every term that had marks before are those they were, day by day within the term."""
    if not {"appraisal_rules", "appraisal_scores"} <= former.keys():
        return FAILURES.to_frame()
    begun = former["appraisal_scores"].filter(~pl.col("is_void")).with_columns(_term()).drop_nulls("term_from")
    found = []
    for period_id, scheme_id in (
        begun.select("period_id", "scheme_id").unique(maintain_order=True).sort(pl.all()).rows()
    ):
        before, after = frozen(former, period_id, scheme_id), frozen(tables, period_id, scheme_id)
        own = numbered(tables, "appraisal_rules").filter(pl.col("scheme_id") == scheme_id)
        found += [_changed_rule(own, code, period_id) for code in sorted(_codes_of(before.rules, after.rules))]
        scores = current(tables, "appraisal_scores").filter(
            pl.col("scheme_id") == scheme_id, pl.col("period_id") == period_id
        )
        for column, values in (("base", before.bases), ("coursework_weight", before.weights)):
            found.append(failing(scores.filter(~pl.col(column).is_in(values)), "appraisal_scores", column))
    return together(*found)


def _codes_of(before: tuple[RuleInForce, ...], after: tuple[RuleInForce, ...]) -> set[str]:
    """The codes of rules that are not in both as they are."""
    return {each.code for each in set(before) ^ set(after)}


def _changed_rule(rules: pl.DataFrame, code: str, period_id: str) -> pl.DataFrame:
    """The rule's row as it is now, or the table where it has none any more."""
    rows = rules.filter(pl.col("rule_code") == code)
    if rows.is_empty():
        rows = pl.DataFrame({"rule_code": [code], "row": [None]}, {"rule_code": pl.String, "row": FAILURES["row"]})
    named = rows.with_columns(rule_code=pl.format("{} in {}", "rule_code", pl.lit(period_id)))
    return failing(named, "appraisal_rules", "rule_code")
