"""The levels as a cascade: what arrived, was signed for, acted on, reported back on, and handed further down."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.formats import count, percent
from dashboards.markup import Cell, grid, key
from dashboards.register import matters
from dashboards.text import known
from queries.stuck import cascade

STEPS = ("arrived", "accepted", "acted", "fed_back", "decomposed")
BOTTOM = 3
"""The level below which nothing is handed on."""
PLAIN = {0: ("arrived", "decomposed"), BOTTOM: ("arrived", "accepted", "acted", "fed_back")}
"""The steps of the levels that do not have them all: the city decides, the grass roots hand nothing on."""


class LevelCascade(StackChart):
    """A bar per level and step; what came so far stands strong, what was lost on the way pale behind it."""

    view = "cascade"
    indicator = "matter_hops"
    height = 450
    usual_rows = 16

    def answer(self) -> dict[str, Any]:
        """One row per level and step: how many matters did it, out of how many; how many matters there are."""
        came, all_of_them = self.store.answers.of_day(cascade), matters(self.store).height
        rows = []
        for level in came["level"].unique().sort().to_list():
            own = came.filter(pl.col("level") == level)
            for step in PLAIN.get(level, STEPS):
                done = own.height if step == "arrived" else own[f"{step}_on"].count()
                rows.append({"level": level, "step": step, "done": done, "of": self._of(step, own, all_of_them)})
        here = came.filter("is_here").group_by("level").len()
        return {"rows": rows, "all": all_of_them, "here": dict(here.iter_rows())}

    def _of(self, step: str, own: pl.DataFrame, all_of_them: int) -> int:
        if step == "arrived":
            return all_of_them
        return own["received_on"].count() if step == "accepted" else own.height

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Levels from the top down, their steps in order."""
        title, rows = self.say("cascade.title"), answer["rows"]
        if not rows:
            return self.nothing(title, self.say("stuck.none"))
        tones = self._tones()
        marks = [(tones[part][0], self.say(f"cascade.part.{part}")) for part in ("arrived", "done", "lost")]
        legend = f"{key(marks)}<br>{self.say('cascade.legend', n=count(answer['all']))}"
        pieces = [piece for row in rows for piece in self._pieces(row, tones)]
        names = [(self._name(row), self._label(row)) for row in rows]
        figure = self.figure(pieces, names, days_axis(answer["all"]), [self._right(row) for row in rows])
        return {"html": self.head(title, self._finding(answer), legend), "figure": figure}

    def _finding(self, answer: dict[str, Any]) -> str:
        arrived = [row for row in answer["rows"] if row["step"] == "arrived"]
        way = self.say("cascade.arrow").join(f"{self._level(row)} {count(row['done'])}" for row in arrived)
        said = [self.say("cascade.say", way=way)]
        unsigned = [row for row in answer["rows"] if row["step"] == "accepted" and row["of"] and not row["done"]]
        if unsigned:
            said.append(self.say("cascade.unsigned", levels=self.say("ladder.and").join(map(self._level, unsigned))))
        return self.sentences(*said)

    def _level(self, row: dict[str, Any]) -> str:
        return known(self.look.language, f"level.{row['level']}") or self.say("level.none")

    def _name(self, row: dict[str, Any]) -> str:
        return f"{row['level']}-{row['step']}"

    def _label(self, row: dict[str, Any]) -> str:
        step = self.say(f"cascade.step.{row['step']}")
        return self.say("cascade.of", level=self._level(row), step=step) if row["step"] == "arrived" else step

    def _right(self, row: dict[str, Any]) -> str:
        if row["step"] == "accepted" and not row["done"]:
            return self.say("cascade.unsigned.short")
        if not row["of"]:
            return self.say("cascade.no_one")
        return f"{count(row['done'])} · {percent(row['done'] / row['of'], 0)}"

    def _tones(self) -> dict[str, tuple[str, str]]:
        colours, steps = self.look.colours, self.look.sequence
        return {
            "arrived": (steps[5], colours["on-accent"]),
            "done": (steps[3], colours["ink"]),
            "lost": (colours["idle"], colours["ink"]),
        }

    def _pieces(self, row: dict[str, Any], tones: dict[str, tuple[str, str]]) -> list[Piece]:
        whole = self.say("of", part=count(row["done"]), whole=count(row["of"]))
        level, step = self._level(row), row["step"]
        words = f"{level} · {self.say(f'cascade.step.{step}')}: {whole}"
        done = tones["arrived" if step == "arrived" else "done"]
        lost = row["of"] - row["done"]
        gone = f"{level} · {self.say(f'cascade.lost.{step}')}: {count(lost)}"
        name = self._name(row)
        return [
            Piece(name, row["done"], count(row["done"]), words, *done),
            Piece(name, lost, count(lost), gone, *tones["lost"]),
        ]

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per level and step."""
        heads = [self.say(f"cascade.head.{head}") for head in ("level", "step", "done", "of", "share", "here")]
        lines: list[list[Cell]] = []
        for row in answer["rows"]:
            share = row["done"] / row["of"] if row["of"] else None
            here = answer["here"].get(row["level"], 0) if row["step"] == "arrived" else None
            lines.append(
                [
                    self._level(row),
                    self.say(f"cascade.step.{row['step']}"),
                    *((count(row[name]), row[name]) for name in ("done", "of")),
                    (percent(share, 0), share),
                    (count(here), here),
                ]
            )
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A bar picks nothing: a step of a level is no kind of matter."""
