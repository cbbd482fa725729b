"""The marks of all units, each class of peers on its own: where they lie and how many share one."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboards.charts import Axis, PlaneChart, Point, days_axis
from dashboards.formats import count, esc, names
from dashboards.marking import class_name, classes, mark, place, shown
from dashboards.markup import Cell, grid, key

ROOM = 2
"""Rows of dots left free between two classes."""
PER_DOT = 11
"""Pixels of a dot above another one."""
LEAST = 150
HIGHEST = 10
"""Dots above one another; further ones of the same mark stand beside them."""
BESIDE = 0.011
"""The part of the axis between dots beside one another."""
NAMED = 0.62
"""How far along the axis a name still fits to the right of its dot."""


class MarksByClass(PlaneChart):
    """A dot per unit at its coursework mark, equal marks above one another; classes are never mixed."""

    view = "marks_by_class"
    shape = "card wide"
    indicator = "coursework_mark"
    height = 420

    def answer(self) -> pl.DataFrame:
        """The marks of the selection's units."""
        return shown(self.store)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Dots, those under appeal hollow, the picked one's name above all dots of its class where it fits."""
        title = self.say("dots.title")
        marked = answer.filter(pl.col("coursework_mark").is_not_null())
        if marked.is_empty():
            return self.nothing(title, self.say("dots.none") if answer.height else "")
        tones = self._tones()
        pending = marked.filter(pl.col("count_pending") > 0).height
        legend = key(self._key(marked, tones)) + self.say("dots.legend", n=count(marked.height))
        if pending:
            legend += " \u00b7 " + self.say("dots.pending", n=pending, pending=count(pending))
        return {"html": self.head(title, self._finding(marked), legend), "figure": self._drawn(marked)}

    def _tones(self) -> dict[str, str]:
        colours = self.look.colours
        return {"ranked": colours["accent"], "pending": colours["warn"], "picked": colours["ink"]}

    def _key(self, marked: pl.DataFrame, tones: dict[str, str]) -> list[tuple[str, str]]:
        picked = marked.filter(pl.col("unit_id") == place(self.store)).to_dicts()
        return [(tones["ranked"], self.say("dots.unit")), *((tones["picked"], self._name(row)) for row in picked)]

    def _finding(self, marked: pl.DataFrame) -> str:
        middles = marked.group_by("peer_class").agg(
            middle=pl.col("coursework_mark").quantile(0.5, "lower"), n=pl.len().cast(pl.Int64)
        )
        by_class = {row["peer_class"]: row for row in middles.to_dicts()}
        told = [
            self.say("dots.middle", of=esc(class_name(self.store, one)), mark=mark(by_class[one]["middle"]))
            for one in classes(marked)
        ]
        said = self.say("dots.say", middles=names(told, self.look.language))
        return self.sentences(said, self.say("dots.apart") if len(told) > 1 else self.say("dots.one"))

    def _drawn(self, marked: pl.DataFrame) -> dict[str, Any]:
        tones, low, high = self._tones(), marked["coursework_mark"].min(), marked["coursework_mark"].max()
        axis = days_axis(high + 0.5, lowest=low - 0.5)
        fits = axis.start + NAMED * (axis.end - axis.start)
        points: list[Point] = []
        ticks: list[tuple[float, str]] = []
        floor = 0.0
        picked = place(self.store)
        for one in reversed(classes(marked)):
            own = marked.filter(pl.col("peer_class") == one).sort("coursework_mark", "count_pending", "unit_id")
            ticks.append((floor, f"{class_name(self.store, one)}  n {count(own.height)}"))
            sizes = dict(own["coursework_mark"].value_counts().rows())
            top = floor + min(HIGHEST, max(sizes.values()))
            seen: dict[float, int] = {}
            for row in own.to_dicts():
                at = row["coursework_mark"]
                nth = seen[at] = seen.get(at, -1) + 1
                aside = (nth // HIGHEST - (sizes[at] - 1) // HIGHEST / 2) * BESIDE * (axis.end - axis.start)
                point = self._point(row, at + aside, floor + nth % HIGHEST, tones)
                if row["unit_id"] == picked:
                    label = self._name(row) if at < fits else ""
                    point = replace(point, tone=tones["picked"], label=label, label_y=top)
                points.append(point)
            floor = top + ROOM
        heights = Axis(-1, floor, tuple(at for at, _ in ticks), tuple(label for _, label in ticks))
        figure = self.figure(axis, heights, points=points)
        return figure | {"height": max(LEAST, round(PER_DOT * (floor + 1)) + 40)}

    def _point(self, row: dict[str, Any], x: float, y: float, tones: dict[str, str]) -> Point:
        is_pending = row["count_pending"] > 0
        words = [f"{esc(self._name(row))} \u00b7 {mark(row['coursework_mark'])}"]
        if row["rank"]:
            words.append(self.say("dots.rank", rank=row["rank"], of=row["count_ranked"]))
        if is_pending:
            words.append(self.say("dots.pending", n=row["count_pending"], pending=count(row["count_pending"])))
        tone = tones["pending" if is_pending else "ranked"]
        return Point(x, y, " \u00b7 ".join(words), tone, hollow=is_pending, name=row["unit_id"])

    def _name(self, row: dict[str, Any]) -> str:
        return str(row[f"unit_name_{self.look.language}"])

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per unit."""
        heads = [self.say(f"marklist.head.{head}") for head in ("class", "unit", "group", "coursework", "pending")]
        lines: list[list[Cell]] = [
            [
                class_name(self.store, row["peer_class"]),
                self._name(row),
                row["group_id"],
                (mark(row["coursework_mark"]), row["coursework_mark"]),
                (count(row["count_pending"]), row["count_pending"]),
            ]
            for row in answer.to_dicts()
        ]
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A dot is a unit: what its mark rests on is shown below."""
        self.store.hear({"pick": {"place": name}})
