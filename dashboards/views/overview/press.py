"""Press: only what is fully reported and beyond what chance allows, each with its evidence."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, measure, names, percent
from dashboards.markup import Cell, Html, click, grid
from dashboards.standing import judged_rows
from dashboards.view import View


class Press(View):
    """One line per group and indicator below the 99.8 % limits, the largest shortfall first."""

    view = "pressing"
    shape = "card third section"
    tools = ("table", "csv", "png")

    def answer(self) -> dict[str, Any]:
        """The groups below the limits up to the day all reports are in, the largest shortfall first; that day."""
        settled = self.store.answers.settled
        if settled is None:
            return {"until": None, "found": []}
        found = [row for row in judged_rows(self.store.answers) if row["flag"] == "below"]
        found.sort(key=lambda row: (row["value"] - row["centre"]) * row["denominator"])
        return {"until": settled.selection.events_until, "found": found, "missed": settled.rows("on_time_rate")}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A list, or one sentence when nobody is to be pressed."""
        until = answer["until"]
        if until is None:
            return {"html": self.head(self.say("press.title"), self.say("press.early"))}
        asof = self.say("press.until", day=day(until, self.look.language, year=False))
        if not answer["found"]:
            return {"html": self.head(self.say("press.title"), self.say("press.none"), asof)}
        lines = "".join(f"<li data-exception>{self._line(row, answer['missed'])}</li>" for row in answer["found"])
        return {"html": self.head(self.say("press.title"), asof) + f'<ul class="told">{lines}</ul>'}

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per group and figure, with what chance allows."""
        heads = ["group", "what", "met", "n", "rate", "limit998low", "county"]
        rows: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                self.say(f"share.{row['indicator']}"),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[name]), row[name]) for name in ("value", "alarm_low", "centre")),
            ]
            for row in answer["found"]
        ]
        return grid([self.say(f"twin.{head}") for head in heads], rows)

    def _line(self, row: dict[str, Any], missed: pl.DataFrame) -> Html:
        name = row["indicator"]
        title = self.say(f"share.{name}")
        said = self.say(
            "press.line",
            title=f"<button {click({'why': name})}>{title}</button>",
            value=measure(row["value"], "share"),
            part=count(row["numerator"]),
            whole=count(row["denominator"]),
            limit=percent(row["alarm_low"]),
            county=percent(row["centre"]),
        )
        worst = self._worst(row["group_id"], missed) if name == "on_time_rate" else ""
        return Html(f"<b>{self.group_name(row['group_id'])}</b> {self.sentences(said, worst)}")

    def _worst(self, group: str, missed: pl.DataFrame) -> str:
        """The two actions in which the group missed the day most often."""
        mine = missed.filter(pl.col("group_id") == group, pl.col("numerator") == 0)
        most = mine.group_by("action_code").len().sort("len", "action_code", descending=[True, False]).head(2)
        called = self.store.answers.names("actions", self.look.language)
        named = [
            self.say(
                "press.action",
                name=esc(called.get(row["action_code"], row["action_code"])),
                n=row["len"],
            )
            for row in most.iter_rows(named=True)
        ]
        return self.say("press.most", actions=names(named, self.look.language)) if named else ""
