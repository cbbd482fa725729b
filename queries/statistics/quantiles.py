"""Quantiles of whole numbers in many groups at once, linear between neighbours as SQL's quantile_cont is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

RADIX_SIZE: Final = 2**16
"""Numpy sorts 16-bit keys by radix, several times faster than longer ones."""


@dataclass(frozen=True)
class Ordered:
    """Values sorted within each of several groups: group g's lie from start[g], count[g] of them."""

    values: NDArray[np.float64]
    start: NDArray[np.int64]
    count: NDArray[np.int64]

    @classmethod
    def of(cls, group: NDArray[np.int64], values: NDArray[np.int64], size: int) -> Ordered:
        """Arrange values that already ascend, by the number of their group (0 to size - 1)."""
        count = np.bincount(group, minlength=size)
        order = np.argsort(group.astype(np.uint16) if size <= RADIX_SIZE else group, kind="stable")
        return cls(values[order].astype(np.float64), np.cumsum(count) - count, count)

    def quantile(self, share: float) -> NDArray[np.float64]:
        """Give each group's quantile for a share in tenths, itself in tenths; nan for a group without values.

        Between whole numbers such a quantile is a multiple of 0.1; bringing it back to tenths frees it of the last bit,
        which differs from one machine's arithmetic to the next.
        """
        result = np.full(len(self.count), np.nan)
        filled = self.count > 0
        position = (self.count[filled] - 1) * share
        below = np.floor(position)
        low = self.values[self.start[filled] + below.astype(np.int64)]
        high = self.values[self.start[filled] + np.ceil(position).astype(np.int64)]
        result[filled] = np.floor((low + (high - low) * (position - below)) * 10 + 0.5) / 10
        return result
