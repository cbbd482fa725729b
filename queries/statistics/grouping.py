"""Grouping: the columns by which a statistic is split, none of them meaning the whole frame as one group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

By: TypeAlias = str | Sequence[str]

ALL: Final = "_all"
"""A column with one value, which every row shares: the key of a frame that is not split."""


def names(by: By) -> list[str]:
    """Give the columns of `by`, which may be one name."""
    return [by] if isinstance(by, str) else list(by)


def keys_of(by: By) -> list[str]:
    """Give the columns of `by` after the column ALL, so that there is always one to group by."""
    return [ALL, *names(by)]
