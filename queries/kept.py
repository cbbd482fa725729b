"""Kept: frames that were asked of a source before, the ones used last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

import polars as pl

from queries.source import Source

KEPT_PER_SOURCE: Final = 64


def hold(source: Source, key: Hashable, ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Give what was asked under this key of the source before, or ask now and keep it."""
    with _OPENING:
        kept: _Kept = source.memo.setdefault("held", _Kept())
    with kept.lock:
        found = kept.frames.pop(key, None)
        if found is not None:
            kept.frames[key] = found
            return found
    found = ask()
    with kept.lock:
        kept.frames[key] = found
        if len(kept.frames) > KEPT_PER_SOURCE:
            kept.frames.popitem(last=False)
    return found


class _Kept:
    """The frames of one source, the one used last at the end."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.frames: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()


_OPENING: Final = Lock()
