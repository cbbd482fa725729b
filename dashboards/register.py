"""The register of matters as a viewer looks at it: how they stand, and which of them are picked."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from dashboards.store import Store
from dashboards.text import known, say
from queries.stuck import pressure, standing_matters

OPEN: Final = pl.col("end").is_null()
YES: Final = "yes"


def matters(store: Store) -> pl.DataFrame:
    """Every matter of the selection as `queries.stuck.standing_matters` gives it; its weeks do not matter."""
    return store.answers.of_day(standing_matters)


def narrowing(store: Store) -> dict[str, str]:
    """What is picked of matters, by kind, with the name of each; a code nobody knows picks nothing."""
    names = {kind: NAMES[kind](store, store.picks[kind]) for kind in FILTERS if kind in store.picks}
    return {kind: name for kind, name in names.items() if name}


def narrowed(store: Store) -> pl.DataFrame:
    """The matters that are picked; all of them when nothing is."""
    return matters(store).filter(*(FILTERS[kind](store, store.picks[kind]) for kind in narrowing(store)))


def stalled(store: Store) -> pl.DataFrame:
    """The hops begun in the selection's weeks that lasted longer than allowed, one row each."""
    return store.answers.rows("stall_days").filter(pl.col("numerator") > 0)


def _among(ids: pl.Series) -> pl.Expr:
    return pl.col("matter_id").is_in(ids.unique().to_list())


FILTERS: Final[Mapping[str, Callable[[Store, str], pl.Expr]]] = {
    "light": lambda _, code: pl.col("light") == code,
    "slip": lambda _, code: pl.col("slip_colour") == code,
    "rung": lambda store, code: _among(store.answers.of_day(pressure).filter(pl.col("rung") == code)["matter_id"]),
    "level": lambda store, code: _among(stalled(store).filter(pl.col("level").cast(pl.String) == code)["matter_id"]),
    "holder": lambda store, code: _among(stalled(store).filter(pl.col("body_id") == code)["matter_id"]),
    "body": lambda _, code: pl.col("body_id") == code,
    "category": lambda _, code: pl.col("matter_class") == code,
    "source": lambda _, code: pl.col("source") == code,
    "urgency": lambda _, code: pl.col("urgency") == code,
    "mosts": lambda _, code: pl.col("three_mosts") == (code == YES),
}
"""By kind of pick: which matters a code stands for. A level and a holder stand for the matters that stalled there."""


def _of_family(family: str) -> Callable[[Store, str], str]:
    return lambda store, code: known(store.look.language, f"{family}.{code}") or ""


def _lead(store: Store, code: str) -> str:
    return _body(matters(store), store, code)


def _holder(store: Store, code: str) -> str:
    return _body(store.answers.rows("stall_days"), store, code)


def _body(frame: pl.DataFrame, store: Store, code: str) -> str:
    names = frame.filter(pl.col("body_id") == code)[f"body_name_{store.look.language}"]
    return str(names[0] or code) if names.len() else ""


NAMES: Final[Mapping[str, Callable[[Store, str], str]]] = {
    **{kind: _of_family(kind) for kind in ("light", "slip", "rung", "level", "category", "source", "urgency")},
    "body": _lead,
    "holder": _holder,
    "mosts": lambda store, code: say(store.look.language, "mosts.yes" if code == YES else "mosts.no"),
}
"""What a picked code is called; empty for one nobody knows."""
