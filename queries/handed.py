"""Handed on: the first figures of a source of matters, each with what it rests on. For a log that was just taken in."""

from __future__ import annotations

from typing import Final

import polars as pl

from queries.held import held_rows
from queries.matters import bottleneck
from queries.run import run
from queries.selection import Selection
from queries.source import Source
from queries.statistics import share_open
from queries.stuck import holders, standing_matters

OPEN_AFTER: Final = 30
"""Days after which the share still open is told."""

FIGURES: Final = pl.Schema(
    {"figure": pl.String, "of": pl.String, "value": pl.Float64, "unit": pl.String, "n": pl.Int64, "counted": pl.String}
)


def figures(source: Source, selection: Selection, most: int = 5) -> pl.DataFrame:
    """Give what can be said of how matters are handed on: one row per figure, and per level or body where it has these.

    figure: cases, closed, steps, hops, hops_per_case, held_days, stall_days, stall_by_level, stall_by_body (the `most`
    with the most), returns, order_kept, open_after. `of` is the level's number or the body's name; `value` is null
    where nothing is known; `n` is what the value rests on, `counted` of what kind it is (cases, steps, hops,
    hand-overs).

    order_kept is the share of the hand-overs, other than returns, escalations and reopenings, that went to the same
    level or to the next deeper one, null where all bodies stand at one. open_after is the share of the cases still open
    OPEN_AFTER days after they began (`share_open`), null where no case was watched for so long.
    """
    resolved = selection.resolve(source)
    hops = held_rows("stall_days", source, resolved)
    matters = standing_matters(source, resolved)
    per_case = run("matter_hops", source, resolved, ()).row(0, named=True)
    returned = run("return_share", source, resolved, ()).row(0, named=True)
    steps = source.table("matter_steps").filter(
        pl.col("event_no") < 2**31 - 1, pl.col("happened_on") <= resolved.events_until
    )
    kept, of_order = _order(hops)
    n_hops = hops.height
    rows: list[tuple[str, str | None, float | None, str, int, str]] = [
        ("cases", None, matters.height, "cases", matters.height, "cases"),
        ("closed", None, matters.filter(pl.col("end") == "closed").height, "cases", matters.height, "cases"),
        ("steps", None, steps.height, "steps", steps.height, "steps"),
        ("hops", None, n_hops, "hops", n_hops, "hops"),
        ("hops_per_case", None, per_case["value"], "ratio", per_case["denominator"], "cases"),
        ("held_days", None, int(hops["held_days"].sum()), "days", n_hops, "hops"),
        ("stall_days", None, int(hops["numerator"].sum()), "days", int(hops["denominator"].sum()), "hops"),
        *(
            ("stall_by_level", str(row["level"]), row["stall_days"], "days", row["hops"], "hops")
            for row in bottleneck(source, resolved).to_dicts()
        ),
        *(
            ("stall_by_body", row["body_name_zh"], row["stall_days"], "days", row["hops"], "hops")
            for row in holders(source, resolved).head(most).to_dicts()
        ),
        ("returns", None, returned["value"], "share", returned["denominator"], "hops"),
        ("order_kept", None, kept / of_order if of_order else None, "share", of_order, "hand-overs"),
        ("open_after", str(OPEN_AFTER), *_open_after(matters), "cases"),
    ]
    return pl.DataFrame(
        [(*row[:2], None if row[2] is None else float(row[2]), *row[3:]) for row in rows], FIGURES, orient="row"
    )


def _order(hops: pl.DataFrame) -> tuple[int, int]:
    """The hand-overs that kept to the order of levels, of those that are to keep it."""
    if hops["level"].n_unique() < 2:
        return 0, 0
    step = (pl.col("level") - pl.col("level").shift(1)).over("matter_id")
    handed = hops.sort("matter_id", "hop_no").with_columns(step=step)
    asked = handed.filter(pl.col("hop_no") > 1, pl.col("arrived_by").is_in(["assigned", "forwarded"]))
    asked = asked.filter(pl.col("step").is_not_null())
    return asked.filter(pl.col("step").is_between(0, 1)).height, asked.height


def _open_after(matters: pl.DataFrame) -> tuple[float | None, str, int]:
    if matters.is_empty():
        return None, "share", 0
    curve = share_open(matters, days="open_days", ended="end", entered="watched_from")
    known = curve.filter(pl.col("days") <= OPEN_AFTER)
    share = 1.0 if known.is_empty() else float(known["share_open"][-1])
    was_watched = bool((matters["open_days"] >= OPEN_AFTER).any()) or share == 0
    return share if was_watched else None, "share", matters.height
