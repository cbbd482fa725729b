"""Rank acceptability: how far a rank by several marks depends on the weights, which nobody can prove right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.exceptions import QueryError
from queries.statistics.grouping import By, names

Floats = NDArray[np.float64]

DRAWS: Final = 5000
FEWEST_FOR_A_THIRD: Final = 3
DECIMALS: Final = 9
"""Marks that agree so far are equal: what is beyond is the machine's rounding."""
COLUMNS: Final = {
    **dict.fromkeys(("rank", "rank_low", "rank_high"), pl.Int64()),
    **dict.fromkeys(("p_top_third", "p_bottom_third"), pl.Float64()),
    "leave_one_out": pl.Int64(),
    "leave_one_out_component": pl.String(),
}


def rank_acceptability(
    frame: pl.DataFrame,
    weights: Mapping[str, float],
    by: By = (),
    swing: float | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> pl.DataFrame:
    """Add to each row its rank by the weighted mean of its marks, and how that rank fares under other weights.

    `weights` names the columns of marks, all on one scale and better when higher, with their usual weights; other
    weights are drawn evenly from all that sum to 1 or, with a `swing`, from those within ± that part of the usual ones.
    Rows are ranked within `by` (for instance peer_class), equal marks share a rank (1, 2, 2, 4).

    Columns added: is_ranked (false where a mark is null: such a row stays, unranked, the columns below null); rank (at
    the usual weights, 1 is best); rank_low and rank_high (best and worst rank under the central `level` of the weights
    drawn); p_top_third and p_bottom_third (the share of weights that place it there, null with fewer than three ranked
    rows); leave_one_out (the largest change of rank when one kind of mark is left out, above 0 a fall, null where there
    is only one kind) and leave_one_out_component (which kind, null without a change). Rows keep their order. Raises
    QueryError for weights below 0 or all 0, and for a swing outside 0..1.

    R. Lahdelma & P. Salminen, Operations Research 49 (2001), p. 444 (SMAA-2).
    """
    usual = np.array(list(weights.values()), dtype=np.float64)
    if not (len(usual) and (usual >= 0).all() and usual.sum() > 0):
        raise QueryError(f"weights {dict(weights)} cannot be used: none may be below 0, and one must be above.")
    if swing is not None and not 0 <= swing <= 1:
        raise QueryError(f"swing {swing} is no part of a weight: it must be within 0 and 1.")
    usual = usual / usual.sum()
    drawn = _drawn(usual, swing, draws, np.random.default_rng(seed))
    ranked = pl.all_horizontal(pl.col(name).cast(pl.Float64).is_finite().fill_null(False) for name in weights)
    rows = frame.with_row_index("_row").with_columns(is_ranked=ranked)
    judged = rows.filter("is_ranked")
    parts = judged.partition_by(names(by)) if names(by) else [judged]
    results = [pl.DataFrame(schema={"_row": pl.UInt32(), **COLUMNS})]
    for part in parts:
        if not part.is_empty():
            marks = part.select(pl.col(name).cast(pl.Float64) for name in weights).to_numpy()
            values = _accepted(marks, usual, drawn, level) | _left_out(marks, usual, list(weights))
            results.append(part.select("_row", **{name: _column(name, values) for name in COLUMNS}))
    return rows.join(pl.concat(results), on="_row", how="left", maintain_order="left").drop("_row")


def _drawn(usual: Floats, swing: float | None, draws: int, rng: np.random.Generator) -> Floats:
    """Draw weights that sum to 1, evenly from all or from those near the usual ones; one row per draw."""
    if swing is None:
        return rng.dirichlet(np.ones(len(usual)), draws)
    low, high = usual * (1 - swing), usual * (1 + swing)
    rest = int(np.argmax(high - low))
    kept = np.empty((0, len(usual)))
    while len(kept) < draws:
        tried = rng.uniform(low, high, (2 * draws, len(usual)))
        tried[:, rest] += 1 - tried.sum(axis=1)
        fits = (tried[:, rest] >= low[rest] - 1e-12) & (tried[:, rest] <= high[rest] + 1e-12)
        kept = np.concatenate([kept, tried[fits]])
    return kept[:draws]


def _column(name: str, values: dict[str, Any]) -> pl.Series | pl.Expr:
    return pl.Series(values[name].tolist(), dtype=COLUMNS[name]) if name in values else pl.lit(None, COLUMNS[name])


def _place(means: Floats) -> NDArray[np.int64]:
    """Rank within each row, 1 the highest; equal ones share the better rank."""
    return np.stack([(means > own[:, None]).sum(axis=1) + 1 for own in means.T], axis=1)


def _means(weights: Floats, marks: Floats) -> Floats:
    return np.round(weights @ marks.T, DECIMALS)


def _accepted(marks: Floats, usual: Floats, drawn: Floats, level: float) -> dict[str, Any]:
    means, size = _means(drawn, marks), len(marks)
    top, bottom = _place(means), _place(-means)
    ends = ((1 - level) / 2, (1 + level) / 2)
    low, high = np.quantile(top, ends, axis=0, method="inverted_cdf").astype(np.int64)
    thirds = {"p_top_third": top, "p_bottom_third": bottom} if size >= FEWEST_FOR_A_THIRD else {}
    return {
        "rank": _place(_means(usual[None, :], marks))[0],
        "rank_low": low,
        "rank_high": high,
        **{name: (3 * place <= size).mean(axis=0) for name, place in thirds.items()},
    }


def _left_out(marks: Floats, usual: Floats, components: list[str]) -> dict[str, Any]:
    """Find for each row of marks the kind without which its rank changes most."""
    one_out = usual * (1 - np.eye(len(usual)))
    kept = one_out.sum(axis=1) > 0
    if not kept.any():
        return {}
    change = _place(_means(one_out[kept], marks)) - _place(_means(usual[None, :], marks))
    most = np.abs(change).argmax(axis=0)
    largest = change[most, np.arange(len(marks))]
    component = np.where(largest != 0, np.array(components, dtype=object)[kept][most], None)
    return {"leave_one_out": largest, "leave_one_out_component": component}
