"""Two marks and the weight between them: how ranks move with the weight, worked out exactly and not by drawing."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.exceptions import QueryError
from queries.statistics.acceptability import FEWEST_FOR_A_THIRD
from queries.statistics.grouping import By, names

DIGITS: Final = 10_000
"""Marks have at most four digits after the point; as whole numbers of them their differences are exact."""
COLUMNS: Final = {
    **dict.fromkeys(("rank_best", "rank_worst", "count_ranked"), pl.Int64()),
    "p_top_third": pl.Float64(),
}
STRETCHES: Final = {
    **dict.fromkeys(("weight_from", "weight_to"), pl.Float64()),
    **dict.fromkeys(("rank", "rank_at_ends"), pl.Int64()),
}
"""rank_at_ends is the better of the ranks at the two ends themselves, where rows that change places share one."""

Floats = NDArray[np.float64]


def weight_stability(
    frame: pl.DataFrame, first: str, second: str, low: float, high: float, by: By = ()
) -> pl.DataFrame:
    """Add to each row how its rank fares while the weight w of the first mark goes from low to high.

    A row stands by w·first + (1-w)·second among the rows of `by` that have both marks, the highest first, equal ones
    sharing a rank. Between the weights at which two rows change places nothing moves, so the shares are lengths and not
    estimates: every weight from low to high counts alike. Columns added: rank_best, rank_worst, count_ranked and
    p_top_third (the part of the weights under which 3·rank ≤ count_ranked; null with fewer than three ranked rows); all
    null for a row without both marks. Rows keep their order. QueryError unless 0 ≤ low < high ≤ 1.
    """
    stretches = rank_stretches(frame.with_row_index("_row"), first, second, low, high, by)
    length = pl.col("weight_to") - pl.col("weight_from")
    top = 3 * pl.col("rank") <= pl.col("count_ranked")
    told = stretches.group_by("_row").agg(
        rank_best=pl.min_horizontal("rank", "rank_at_ends").min(),
        rank_worst=pl.col("rank").max(),
        count_ranked=pl.col("count_ranked").first(),
        p_top_third=(length.filter(top).sum() / (high - low)).clip(0, 1),
    )
    few = pl.col("count_ranked") < FEWEST_FOR_A_THIRD
    judged = told.with_columns(p_top_third=pl.when(~few).then("p_top_third"))
    joined = frame.with_row_index("_row").join(judged, on="_row", how="left", maintain_order="left")
    return joined.with_columns(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items()).drop("_row")


def rank_stretches(frame: pl.DataFrame, first: str, second: str, low: float, high: float, by: By = ()) -> pl.DataFrame:
    """Give each ranked row once for every stretch of weights over which its rank stays the same.

    Columns added: weight_from, weight_to, rank, count_ranked. At the very weight where rows change places they share a
    rank; that is no stretch. They take the place of columns of the same name, for instance a rank at the usual weight.
    Sorted as the rows were, then by weight. See `weight_stability`.
    """
    if not 0 <= low < high <= 1:
        raise QueryError(f"weights from {low:g} to {high:g} cannot be used: give a range within 0 and 1.")
    marked = frame.with_row_index("_place").filter(pl.col(first).is_not_null() & pl.col(second).is_not_null())
    parts = marked.partition_by(names(by)) if names(by) else [marked]
    found = [pl.DataFrame(schema={"_place": pl.UInt32(), **STRETCHES, "count_ranked": pl.Int64()})]
    for part in parts:
        places = part["_place"].to_list()
        lines = [(part[name] * DIGITS).round().cast(pl.Int64).to_numpy().astype(np.float64) for name in (first, second)]
        rows = [
            {"_place": places[at], **dict(zip(STRETCHES, stretch, strict=True)), "count_ranked": len(places)}
            for at in range(len(places))
            for stretch in _stretches(lines[0], lines[1], at, low, high)
        ]
        found.append(pl.DataFrame(rows, schema=found[0].schema))
    kept = marked.drop(*STRETCHES, "count_ranked", strict=False)
    return kept.join(pl.concat(found), on="_place", how="inner").sort("_place", "weight_from").drop("_place")


def _stretches(first: Floats, second: Floats, at: int, low: float, high: float) -> list[tuple[float, float, int, int]]:
    """The stretches of one row: where they start and end, its rank on each, and the better one at their ends.

    The lead of another row is a straight line in the weight, with whole numbers for its coefficients: a float divides
    such numbers without error in the last digit, so that equal crossings are equal floats.
    """
    lead = second - second[at]
    slope = (first - first[at]) - lead
    level = slope == 0
    crossing = np.divide(-lead, slope, out=np.full_like(lead, np.nan), where=~level)
    inside = ~level & (crossing > low) & (crossing < high)
    middle = (low + high) / 2
    steady = ~inside & (lead + middle * slope > 0)
    always = np.count_nonzero(steady)
    stops = [low, *np.unique(crossing[inside]).tolist(), high]
    overtakes, falls = np.sort(crossing[inside & (slope > 0)]), np.sort(crossing[inside & (slope < 0)])

    def at_weight(stop: float) -> int:
        strictly = np.count_nonzero(steady & ~(crossing == stop)) + np.searchsorted(overtakes, stop, side="left")
        return 1 + int(strictly + len(falls) - np.searchsorted(falls, stop, side="right"))

    found: list[tuple[float, float, int, int]] = []
    for start, end in pairwise(stops):
        ahead = np.searchsorted(overtakes, start, side="right") + (len(falls) - np.searchsorted(falls, start, "right"))
        rank = 1 + int(always + ahead)
        best = min(at_weight(start), at_weight(end))
        if found and found[-1][2] == rank:
            found[-1] = (found[-1][0], end, rank, min(best, found[-1][3]))
        else:
            found.append((start, end, rank, best))
    return found
