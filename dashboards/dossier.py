"""The matter a page is about, as its views look at it; nothing where none is chosen or it is not registered yet."""

from datetime import date
from typing import Any

import polars as pl

from dashboards.formats import NONE, day
from dashboards.store import Store
from dashboards.text import known, say
from queries.dossier import allowances, register, steps
from queries.restatements import restatements


def matter_of(store: Store) -> dict[str, Any]:
    """The matter's row of `queries.dossier.register`; empty without one."""
    found = mine(store, store.answers.of_all.of_day(register)).to_dicts()
    return found[0] if found else {}


def hops_of(store: Store) -> pl.DataFrame:
    """The rows of stall_days of the matter with until when each holder might keep it, in their order."""
    until = store.answers.of_all.of_day(allowances)
    frame = mine(store, store.answers.rows("stall_days"))
    return frame.join(until, on=["matter_id", "hop_no"], how="left").sort("hop_no")


def steps_of(store: Store) -> pl.DataFrame:
    """The matter's steps as `queries.dossier.steps` gives them."""
    return mine(store, store.answers.of_all.of_day(steps))


def readings_changed(store: Store) -> pl.DataFrame:
    """What the snapshots up to this one say otherwise than the ones before, of all matters of the selection."""
    changes = store.sources.changes
    return store.answers.once(
        "restatements", lambda: restatements(changes(store.source), store.source, store.selection)
    )


def figures(store: Store, name: str, *by: str) -> pl.DataFrame:
    """The figure of a pooled indicator by columns of its rows, summed from those: quicker than asking by a dimension.

    Columns: those of `by`, then value, numerator, denominator, n_missing and maturity as `queries.run` has them; sorted
    by `by`. Sums are kept to four digits, as the indicators keep what they add up.
    """
    flags = pl.col("is_immature").fill_null(False).any()
    sums = {
        "numerator": pl.col("numerator").sum().round(4),
        "denominator": pl.col("denominator").sum(),
        "n_missing": pl.col("is_missing").sum().cast(pl.Int64),
        "maturity": pl.when(flags).then(pl.lit("immature")).otherwise(pl.lit("mature")),
    }
    told = store.answers.rows(name)
    summed = told.group_by(by).agg(**sums).sort(by) if by else told.select(**sums)
    value = pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator")).alias("value")
    return summed.select(*by, value, "numerator", "denominator", "n_missing", "maturity")


def mine(store: Store, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the matter."""
    return frame.filter(pl.col("matter_id") == store.matter)


def level_name(store: Store, level: int | None) -> str:
    """A level in words; a dash for none."""
    return NONE if level is None else known(store.look.language, f"level.{level}") or str(level)


def amount(value: float | None) -> str:
    """A target as it is written: whole where it is, else with up to two decimals; a dash for none."""
    return NONE if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def term_said(store: Store, row: dict[str, Any], column: str) -> str:
    """A reading of a term as people write it; `row` is one of `readings_changed`."""
    said, language = row[column], store.look.language
    if row["term"] in ("due", "due_original"):
        return day(date.fromisoformat(said), language)
    if row["term"] in ("target", "restated"):
        return f"{amount(float(said))} {row['unit_of_measure'] or ''}".strip()
    word = {"status": f"standing.{said}", "kept": f"element.{said}"}.get(row["term"])
    return (known(language, word) if word else None) or str(said)


def term_name(store: Store, row: dict[str, Any]) -> str:
    """What was read otherwise: the wording, a deadline, the target of an element, what a level made of it."""
    language = store.look.language
    kind = known(language, f"category.{row['element_kind']}") or str(row["element_kind"])
    return say(language, f"reading.{row['term']}", element=kind, level=level_name(store, row["level"]))
