"""One group: who it is, how it stands among all, and each share beside that of all groups."""

from typing import Any

import polars as pl

from dashboards.charts import Row, RowChart, share_axis
from dashboards.formats import change, count, day, esc, percent
from dashboards.markup import Cell, Html, click, grid
from dashboards.store import one
from dashboards.view import Answer
from queries import dimension
from queries.judging import JUDGED
from queries.statistics import wilson

LEAST = 0.001
"""A share nearer to that of all groups than this is neither behind nor ahead."""


class GroupFacts(Answer):
    """The groups to choose from, and the group's standing in one sentence."""

    page = "group"

    def answer(self) -> dict[str, Any]:
        """All groups; of the one selected its completion and on-time rate and those of all, and how it is judged."""
        groups = dimension("groups", self.store.source)
        chosen = self.store.groups[0] if len(self.store.groups) == 1 else None
        answers = self.store.answers
        settled = answers.of_all.settled
        judged = [] if settled is None else [self._judged(name, settled, chosen) for name in JUDGED]
        return {
            "groups": groups.to_dicts(),
            "chosen": chosen,
            "done": one(answers.ask("completion_rate")),
            "on_time": one(answers.ask("on_time_rate")),
            "all": one(answers.of_all.ask("on_time_rate")),
            "until": settled and settled.selection.events_until,
            "flags": [flag for flag in judged if flag],
        }

    def _judged(self, name: str, settled: Any, chosen: str | None) -> tuple[str, str] | None:
        frame = settled.limits(name).filter(pl.col("group_id") == chosen, pl.col("flag").is_in(["below", "above"]))
        return (name, frame["flag"][0]) if frame.height else None

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """Name, size, rates beside those of all; what is beyond chance, good and bad."""
        group = next((row for row in answer["groups"] if row["group_id"] == answer["chosen"]), None)
        if group is None:
            return self.say("group.choose"), ""
        language = self.look.language
        named = esc(group[f"name_{language}"])
        units = self.say("group.units", n=group["count_units"])
        if not answer["done"].get("denominator"):
            return f"{named} · {units}", self.say("headline.none")
        first = self.say(
            "group.say",
            name=named,
            units=units,
            done=percent(answer["done"]["value"]),
            on_time=percent(answer["on_time"]["value"]),
            county=percent(answer["all"]["value"]),
        )
        return first, self._flags(answer)

    def _flags(self, answer: dict[str, Any]) -> str:
        if answer["until"] is None:
            return self.say("press.early")
        until = day(answer["until"], self.look.language, year=False)
        said = []
        for side in ("below", "above"):
            titles = [self.say(f"share.{name}") for name, flag in answer["flags"] if flag == side]
            if titles:
                listed = ("、" if self.look.language == "zh" else "; ").join(titles)
                said.append(self.say(f"group.{side}", what=listed, day=until))
        return self.sentences(*said) or self.say("group.within", day=until)

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The row of groups above question, sentence and second line."""
        links = "".join(self._tab(row["group_id"], answer["chosen"]) for row in answer["groups"])
        html = super().patch(answer)["html"]
        return {"html": f'<nav class="tabs" aria-label="{self.say("filter.groups")}">{links}</nav>{html}'}

    def _tab(self, group: str, chosen: str | None) -> str:
        current = ' aria-current="page"' if group == chosen else ""
        return f'<a href="{esc(self.store.link("group", group=group))}"{current}>{esc(group)}</a>'


class GroupShares(RowChart):
    """The group's shares: a point with its 95 % interval, and hollow that of all groups together."""

    view = "group-shares"
    shape = "card wide"
    height = 320
    usual_rows = 8

    def answer(self) -> list[dict[str, Any]]:
        """One row per share with a denominator: the group's figures, those of all, and its change."""
        answers = self.store.answers
        found = []
        for name in JUDGED:
            mine, all_ = wilson(answers.ask(name)).to_dicts()[0], one(answers.of_all.ask(name))
            before = one(answers.ask_before(name)).get("value")
            if mine["denominator"]:
                found.append({"name": name, "county": all_.get("value"), "before": before, **mine})
        return found

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """Shares from the one furthest behind to the one furthest ahead."""
        title = self.say("group.shares")
        if not answer:
            return self.nothing(title)
        ordered = sorted(answer, key=lambda row: row["value"] - (row["county"] or 0))
        lowest = min(min(row["low"], row["county"] or 1.0) for row in ordered)
        return {
            "html": self.head(title, self._finding(ordered), self.say("group.shares.legend")),
            "figure": self.figure([self._row(row) for row in ordered], share_axis(lowest, 1.0)),
        }

    def _finding(self, ordered: list[dict[str, Any]]) -> str:
        """Where the group is furthest behind and furthest ahead of all groups, if it is either anywhere."""
        ends = {"behind": ordered[0], "ahead": ordered[-1]}
        said = []
        for side, row in ends.items():
            apart = row["value"] - (row["county"] or 0)
            if (apart < 0) == (side == "behind") and abs(apart) >= LEAST:
                points = change(row["value"], row["county"], "share", self.say("points"))
                facts = {"points": points, "value": percent(row["value"]), "n": count(row["denominator"])}
                said.append(self.say(f"group.shares.{side}", what=self._title(row), **facts))
        return self.sentences(*said) or self.say("group.shares.same")

    def _title(self, row: dict[str, Any]) -> str:
        return self.say(f"share.{row['name']}")

    def _row(self, row: dict[str, Any]) -> Row:
        part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        early = f" · {self.say('early')}" if row["maturity"] == "immature" else ""
        return Row(
            name=row["name"],
            label=self._title(row),
            words=f"{self._title(row)}: {percent(row['value'])} · {part} · 95 %: {percent(row['low'])} – "
            f"{percent(row['high'])} · {self.say('group.all', value=percent(row['county']))}{early}",
            value=row["value"],
            right=f"{percent(row['value'])}  n {count(row['denominator'])}",
            narrow=(row["low"], row["high"]),
            other=row["county"],
        )

    def twin(self, answer: list[dict[str, Any]]) -> str:
        """One row per share."""
        heads = [self.say(f"twin.{head}") for head in ("what", "rate", "met", "n", "low95", "high95", "all", "before")]
        lines: list[list[Cell]] = [
            [
                self._opener(row),
                (percent(row["value"]), row["value"]),
                (count(row["numerator"]), row["numerator"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[bound]), row[bound]) for bound in ("low", "high", "county", "before")),
            ]
            for row in answer
        ]
        return grid(heads, lines)

    def _opener(self, row: dict[str, Any]) -> Html:
        """The share's name, which opens its drawer: what a tap on its row does, for the keyboard."""
        return Html(f"<button {click({'why': row['name']})}>{self._title(row)}</button>")

    def picked(self, name: str) -> None:
        """A row is an indicator: its drawer opens."""
        self.store.hear({"why": name})
