"""How the groups stand in the share that a page compares: intervals, limits, the places each may hold."""

from functools import cache, lru_cache
from typing import Any, Final

import polars as pl

from dashboards.answers import Answers, Listing
from dashboards.store import Store
from queries import Cube, Indicator, Selection, Source, indicator
from queries.judging import JUDGED, judged
from queries.statistics import balance, funnel, wilson

DEFAULT: Final = "on_time_rate"
KEPT: Final = 256
"""Verdicts and ranks by thousands of draws are kept for so many different counts, whoever looks at them."""

COUNTED: Final = {"numerator": pl.Int64, "denominator": pl.Int64}
Counts = tuple[int, ...]


def compared(store: Store) -> Indicator:
    """The share that is picked to compare the groups by; the default one when that is none of them."""
    picked = store.picks.get("indicator", DEFAULT)
    return indicator(picked if picked in JUDGED else DEFAULT)


def standing(answers: Answers, share: str) -> pl.DataFrame:
    """One row per group that the share says something of, the highest first.

    Columns: those of the share's answer; low_95, high_95, low_998, high_998 (Wilson); those of `funnel`; below (under
    the 99.8 % limits) and proven (below, and its reports are all in).
    Only of a proven one it is said that it is behind.
    """
    return answers.listing(_standing(share))


def places(answers: Answers, share: str) -> pl.DataFrame:
    """The same rows with the columns of `shrink_shares` and of `rank_intervals` (90 %, empirical prior)."""
    return answers.listing(_places(share))


def spread(answers: Answers, share: str) -> dict[str, Any]:
    """How far apart the groups are, and whether chance would do: the row of `balance`."""
    return answers.listing(_spread(share)).row(0, named=True)


def _by_group(share: str, source: Source, selection: Selection) -> pl.DataFrame:
    frame = Cube.of(source, selection.events_until).answer(share, selection, ("group",))
    return frame.filter(pl.col("group_id").is_not_null() & (pl.col("denominator") > 0))


@cache
def _standing(share: str) -> Listing:
    def listing(source: Source, selection: Selection) -> pl.DataFrame:
        frame = _by_group(share, source, selection)
        for level, suffix in ((0.95, "95"), (0.998, "998")):
            frame = wilson(frame, level=level).rename({"low": f"low_{suffix}", "high": f"high_{suffix}"})
        below = (pl.col("flag") == "below").fill_null(False)
        frame = funnel(frame).with_columns(below=below, proven=below & (pl.col("maturity") == "mature"))
        return frame.sort("value", "denominator", descending=True, maintain_order=True)

    return listing


@cache
def _places(share: str) -> Listing:
    def listing(source: Source, selection: Selection) -> pl.DataFrame:
        frame = _standing(share)(source, selection)
        return frame.hstack(_drawn(share, *_counts(frame)))

    return listing


@cache
def _spread(share: str) -> Listing:
    return lambda source, selection: _balance(*_counts(_by_group(share, source, selection)))


def _counts(frame: pl.DataFrame) -> tuple[Counts, Counts]:
    return tuple(frame["numerator"].to_list()), tuple(frame["denominator"].to_list())


@lru_cache(KEPT)
def _balance(numerators: Counts, denominators: Counts) -> pl.DataFrame:
    return balance(pl.DataFrame({"numerator": numerators, "denominator": denominators}, COUNTED))


@lru_cache(KEPT)
def _drawn(share: str, numerators: Counts, denominators: Counts) -> pl.DataFrame:
    """The shrunk shares and the ranks of these counts, in their order."""
    frame, defined = pl.DataFrame({"numerator": numerators, "denominator": denominators}, COUNTED), indicator(share)
    return judged(judged(frame, defined, "shrinkage"), defined, "ranks").drop(COUNTED)
