"""The term of appraisal that a viewer looks at, its marks under the weight chosen, and the unit picked in it."""

from collections.abc import Callable
from typing import Any, Final

import polars as pl

from dashboards.formats import day
from dashboards.store import Store
from dashboards.text import known, say
from queries.appraisal import PEERS, ranked
from queries.coursework import appeals, points, reasonable_weights, term_marks, terms
from queries.kept import hold
from queries.statistics.weights import rank_stretches, weight_stability

STEP: Final = 0.05
"""How far the weight moves at a step of the control."""
MARKS: Final = ("coursework_mark", "exam_mark")
CLASSES: Final = ("township", "department", "enterprise")
"""The classes of peers in the order in which they are shown; others follow."""


def term(store: Store) -> dict[str, Any]:
    """The term picked, else the last one that is over, else the one that runs; empty before any has begun."""
    found = _terms(store).to_dicts()
    picked = [one for one in found if one["period_id"] == store.picks.get("term")]
    closed = [one for one in found if one["is_closed"]]
    return next(iter([*picked, *closed, *found]), {})


def offered(store: Store) -> list[dict[str, Any]]:
    """The terms that can be picked, the first one first."""
    return list(reversed(_terms(store).unique("period_id", maintain_order=True).to_dicts()))


def usual_weight(store: Store) -> float:
    """The weight that stands with the term's marks."""
    weights = of_term(store, _marks(store))["coursework_weight"].drop_nulls()
    return float(weights.mode().sort()[0]) if weights.len() else 0.0


def weight(store: Store) -> float:
    """The weight chosen on the page, else the usual one; what is no number from 0 to 1 is passed over."""
    try:
        chosen = round(float(store.picks.get("weight", "")), 4)
    except ValueError:
        return usual_weight(store)
    return chosen if 0 <= chosen <= 1 else usual_weight(store)


def everybody(store: Store, chosen: float | None = None) -> pl.DataFrame:
    """The term's marks of all units with their ranks at a weight (the one chosen on the page) and how these fare.

    Columns: those of `queries.coursework.term_marks` and `queries.appraisal.ranked`, rank_best, rank_worst and
    p_top_third under the reasonable weights. Ranks are within the class, whatever is selected.
    """
    at = weight(store) if chosen is None else chosen
    known_term = term(store)
    answers, key = store.answers.of_all, ("marked", known_term.get("period_id"), known_term.get("scheme_id"))
    low, high = reasonable(store)

    def tried() -> pl.DataFrame:
        marks = of_term(store, _marks(store))
        exam = pl.when(pl.col("rankable")).then("exam_mark")
        told = weight_stability(marks.with_columns(tried=exam), MARKS[0], "tried", low, high, PEERS)
        return told.drop("tried", "count_ranked")

    return answers.once((*key, at), lambda: ranked(_held(store, key, tried), at))


def shown(store: Store) -> pl.DataFrame:
    """The rows of `everybody` for the units of the selection, class by class, by rank, those without one at the end."""
    found, at = term(store), weight(store)

    def own() -> pl.DataFrame:
        frame = everybody(store, at)
        for column, names in (("group_id", store.selection.groups), ("unit_type", store.selection.unit_types)):
            if names:
                frame = frame.filter(pl.col(column).is_in(names))
        return frame.sort(_class_order(), "rank", "coursework_mark", "unit_id", nulls_last=True, descending=_DOWN)

    return store.answers.once(("shown", found.get("period_id"), found.get("scheme_id"), at), own)


def stretches(store: Store) -> pl.DataFrame:
    """The ranks of all units over every weight from 0 to 1: the rows of `queries.statistics.weights.rank_stretches`."""
    known_term = term(store)
    marks = of_term(store, _marks(store)).filter("rankable")
    key = ("stretches", known_term.get("period_id"), known_term.get("scheme_id"))
    return _held(store, key, lambda: rank_stretches(marks, *MARKS, 0.0, 1.0, PEERS))


def reasonable(store: Store) -> tuple[float, float]:
    """The lowest and highest weight that is thought reasonable."""
    return reasonable_weights(term(store).get("scheme_id", ""))


def place(store: Store) -> str:
    """The unit picked, if it has a row in the term; else, of the units shown, one that most was counted for."""
    frame = shown(store)
    picked = store.picks.get("place", "")
    if picked in everybody(store)["unit_id"]:
        return picked
    marked = frame.filter(pl.col("coursework_mark").is_not_null())
    most = marked.sort("count_pending", "count_events", "unit_id", descending=[True, True, False])
    return str(most["unit_id"][0]) if most.height else ""


def unit_row(store: Store) -> dict[str, Any]:
    """The row of `everybody` of the unit looked at; empty without one."""
    found = everybody(store).filter(pl.col("unit_id") == place(store)).to_dicts()
    return found[0] if found else {}


def points_of(store: Store) -> pl.DataFrame:
    """The events behind the mark of the unit looked at, as `queries.coursework.points` gives them."""
    found = of_term(store, store.answers.of_all.of_day(points))
    return found.filter(pl.col("unit_id") == place(store))


def event_of(store: Store) -> dict[str, Any]:
    """The event picked among those of the unit looked at; else the one that weighs most, the latest of equal ones."""
    found = points_of(store)
    chosen = found.filter(pl.col("event_id") == store.picks.get("event", ""))
    weighed = found.sort(pl.col("counted").abs(), "occurred_on", "event_id", descending=[True, True, False])
    rows = (chosen if chosen.height else weighed).head(1).to_dicts()
    return rows[0] if rows else {}


def appeals_of(store: Store) -> pl.DataFrame:
    """The appeals of the term for the units of the selection, as `queries.coursework.appeals` gives them."""
    return of_term(store, store.answers.of_day(appeals))


def of_term(store: Store, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the term looked at."""
    found = term(store)
    if not found:
        return frame.clear()
    return frame.filter(pl.col("period_id") == found["period_id"], pl.col("scheme_id") == found["scheme_id"])


def term_name(store: Store, period_id: str) -> str:
    """A term as people say it; one that is written in no known way as it is written."""
    language, year, rest = store.look.language, period_id[:4], period_id[4:]
    kind = {"": "year", "H": "half", "Q": "quarter", "-": "month"}.get(rest[:1], "")
    key = f"term.named.half.{rest[1:]}" if kind == "half" else f"term.named.{kind}"
    if not kind or known(language, key) is None:
        return period_id
    return say(language, key, year=year, nth=known(language, f"term.nth.{rest[1:]}") or rest[1:].lstrip("0"))


def term_days(store: Store, found: dict[str, Any]) -> str:
    """The days of a term in words."""
    ends = (day(found[name], store.look.language) for name in ("term_from", "term_to"))
    return say(store.look.language, "term.days", **dict(zip(("first", "last"), ends, strict=True)))


def class_name(store: Store, peer_class: str) -> str:
    """A class of peers in words."""
    return known(store.look.language, f"peer.{peer_class}") or peer_class


def mark(value: float | None) -> str:
    """A mark with as many digits as it needs, at least one after the point; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.4f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def gained(value: float) -> str:
    """Points with their sign."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else "\u00b1"
    return sign + f"{abs(value):.4f}".rstrip("0").rstrip(".")


_DOWN: Final = [False, False, True, False]


def _class_order() -> pl.Expr:
    order = {name: at for at, name in enumerate(CLASSES)}
    return pl.col("peer_class").replace_strict(order, default=len(CLASSES), return_dtype=pl.Int64)


def classes(frame: pl.DataFrame) -> list[str]:
    """The classes of some rows in the order in which they are shown."""
    found = frame.select("peer_class").unique().sort(_class_order(), "peer_class")
    return [str(name) for name in found["peer_class"].to_list()]


def _held(store: Store, key: tuple[object, ...], ask: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """What does not change with the groups and types selected: asked once for each last day of events."""
    return hold(store.source, (*key, store.events_until), ask)


def _terms(store: Store) -> pl.DataFrame:
    return _held(store, ("appraisal terms",), lambda: terms(_marks(store)))


def _marks(store: Store) -> pl.DataFrame:
    return store.answers.of_all.of_day(term_marks)
