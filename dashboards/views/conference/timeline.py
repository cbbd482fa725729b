"""Who is out when: the inspections of each body on one axis of days."""

from typing import Any

import polars as pl

from dashboards.bodies import PARTNER, Body, body_of, in_order
from dashboards.charts import Happening, SpanChart, Stretch, Track, Upright, dates_axis
from dashboards.formats import NONE, count, day, esc, stretch
from dashboards.markup import Cell, grid
from dashboards.text import known
from dashboards.theme import tinted
from queries.inspections import inspections

MEETS = "\u2229"
APART = 0.12
"""What part of a day lies between two bars that follow one another."""


class InspectionTimeline(SpanChart):
    """One row per body, offices first and partners after them, never by number."""

    view = "inspection_timeline"
    shape = "card wide"
    indicator = "inspection_overlap"

    def answer(self) -> pl.DataFrame:
        """The inspections that take place or will, by first day."""
        return self.store.answers.listing(inspections).filter(pl.col("state") != "merged")

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A bar from the first day to the last; what meets another body is ringed."""
        title, language = self.say("timeline.title"), self.look.language
        if answer.is_empty():
            return self.nothing(title, self.say("joint.none"))
        until = self.store.events_until
        first, last = answer["inspection_from"].min(), answer["inspection_to"].max()
        finding = self.say(
            "timeline.say",
            n=answer.height,
            first=day(first, language),
            last=day(last, language),
            near=count(answer["is_near"].sum()),
        )
        legend = self.say("timeline.legend", until=day(until, language, year=False), partner=PARTNER)
        rows = answer.to_dicts()
        bodies = in_order(rows, self.look)
        place = {body.body_id: at for at, body in enumerate(bodies)}
        counts = dict(answer.group_by("body_id").len().rows())
        tracks = [Track(body.letter, body.name, f"n {count(counts[body.body_id])}") for body in bodies]
        axis = dates_axis(first, last, language)
        figure = self.figure(
            tracks,
            axis,
            self._stretches(rows, bodies),
            [self._mark(row, place[row["body_id"]]) for row in rows if row["is_near"]],
            [Upright(until.toordinal() + 1.0, day(until, language, year=False), self.look.colours["muted"])]
            if first <= until <= last
            else [],
        )
        return {"html": self.head(title, finding, legend), "figure": figure}

    def _stretches(self, rows: list[dict[str, Any]], bodies: list[Body]) -> list[Stretch]:
        """The bars; where a body is at several places on one day, they lie below one another."""
        found = []
        for at, body in enumerate(bodies):
            own = [row for row in rows if row["body_id"] == body.body_id]
            for row, (lane, lanes) in zip(own, _lanes(own), strict=True):
                tone = tinted(body.tone, self.look, 0.5) if row["state"] == "ahead" else body.tone
                start, end = row["inspection_from"].toordinal(), row["inspection_to"].toordinal() + 1.0 - APART
                found.append(Stretch(at, start, end, self._words(row), tone, lane, lanes))
        return found

    def _mark(self, row: dict[str, Any], at: int) -> Happening:
        middle = (row["inspection_from"].toordinal() + row["inspection_to"].toordinal() + 1) / 2
        words = f"{self._words(row)} · {self.say('timeline.meets')}"
        return Happening(at, middle, MEETS, words, self.look.colours["ink"])

    def _words(self, row: dict[str, Any]) -> str:
        language = self.look.language
        told = [
            row[f"unit_name_{language}"] or row["unit_id"],
            known(language, f"theme.{row['theme_code']}") or row["theme_code"],
            stretch(row["inspection_from"], row["inspection_to"], language),
            self.say(f"inspected.{row['state']}"),
        ]
        return " · ".join(esc(one) for one in told)

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per inspection, bodies as in the chart."""
        heads = [
            self.say(f"inspected.head.{name}") for name in ("body", "unit", "theme", "from", "to", "state", "near")
        ]
        place = {body.body_id: at for at, body in enumerate(in_order(answer.to_dicts(), self.look))}
        rows = sorted(answer.to_dicts(), key=lambda row: place[row["body_id"]])
        return grid(heads, [self._row(row) for row in rows])

    def _row(self, row: dict[str, Any]) -> list[Cell]:
        language, body = self.look.language, body_of(row, self.look)
        return [
            f"{PARTNER} {body.name}" if body.is_partner else body.name,
            self.unit_name(row, "unit_name"),
            known(language, f"theme.{row['theme_code']}") or row["theme_code"],
            *((day(row[f"inspection_{end}"], language), row[f"inspection_{end}"]) for end in ("from", "to")),
            self.say(f"inspected.{row['state']}"),
            self.say("yes") if row["is_near"] else NONE,
        ]


def _lanes(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """For inspections by first day: the first lane that is free, and how many the days they share with others need."""
    lanes: list[tuple[int, int]] = []
    ends: list[Any] = []
    begun = 0
    for place, row in enumerate(rows):
        if ends and max(ends) < row["inspection_from"]:
            ends, begun = [], place
        lane = next((at for at, end in enumerate(ends) if end < row["inspection_from"]), len(ends))
        ends[lane : lane + 1] = [row["inspection_to"]]
        lanes.append((lane, 1))
        lanes[begun:] = [(one, len(ends)) for one, _ in lanes[begun:]]
    return lanes
