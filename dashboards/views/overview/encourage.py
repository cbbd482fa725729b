"""Encourage: who is above what chance allows, and the largest gains, as easy to see as the worst place."""

from typing import Any

from dashboards.answers import Answers
from dashboards.formats import change, count, day, percent
from dashboards.markup import Cell, Html, click, grid
from dashboards.standing import judged_rows
from dashboards.view import View
from queries.judging import JUDGED

LEAST = 0.001
"""A smaller gain is not worth telling."""

GAINS = 4
BEST = 4


class Encourage(View):
    """The largest gains since the snapshot before was complete, then the groups above the 99.8 % limits."""

    view = "encourage"
    shape = "card third section"
    tools = ("table", "csv", "png")

    def answer(self) -> dict[str, Any]:
        """Gains and groups above the limits, both up to the day all reports are in: late news is no gain."""
        answers = self.store.answers
        settled, former = answers.settled, answers.earlier and answers.earlier.settled
        if settled is None:
            return {"gains": [], "best": [], "until": None, "since": None}
        judged = judged_rows(self.store.answers)
        best = [row for row in judged if row["flag"] == "above"]
        was = {} if former is None else {name: _by_group(former, name) for name in JUDGED}
        gains = [
            row | {"was": before, "gain": row["value"] - before}
            for row in judged
            if (before := was.get(row["indicator"], {}).get(row["group_id"])) is not None
            and row["value"] - before >= LEAST
        ]
        gains.sort(key=lambda row: -row["gain"] * row["denominator"] ** 0.5)
        best.sort(key=lambda row: -(row["value"] - row["centre"]) * row["denominator"])
        return {
            "gains": gains[:GAINS],
            "best": best[:BEST],
            "until": settled.selection.events_until,
            "since": former and former.selection.events_until,
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Two short lists, or one sentence."""
        title = self.say("encourage.title")
        if not answer["gains"] and not answer["best"]:
            return {"html": self.head(title, self.say("encourage.none")), "empty": True}
        html = self.head(title, self.say("encourage.say"))
        if answer["gains"]:
            since = day(answer["since"], self.look.language, year=False)
            lines = "".join(f"<li>{self._gain(row)}</li>" for row in answer["gains"])
            html += f'<h3>{self.say("encourage.gains", day=since)}</h3><ul class="told">{lines}</ul>'
        if answer["best"]:
            lines = "".join(f"<li>{self._best(row)}</li>" for row in answer["best"])
            until = day(answer["until"], self.look.language, year=False)
            html += f'<h3>{self.say("encourage.best", day=until)}</h3><ul class="told">{lines}</ul>'
        return {"html": html}

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per gain and per group above the limits."""
        heads = ["group", "what", "was", "now", "n", "limit998high", "county"]
        rows: list[list[Cell]] = [
            [
                self.group_name(row["group_id"]),
                self.say(f"share.{row['indicator']}"),
                (percent(row.get("was")), row.get("was")),
                (percent(row["value"]), row["value"]),
                (count(row["denominator"]), row["denominator"]),
                *((percent(row[name]), row[name]) for name in ("alarm_high", "centre")),
            ]
            for row in [*answer["gains"], *answer["best"]]
        ]
        return grid([self.say(f"twin.{head}") for head in heads], rows)

    def _gain(self, row: dict[str, Any]) -> Html:
        moved = change(row["value"], row["was"], "share", self.say("points"))
        return self._line(row, "encourage.gain", moved=moved, was=percent(row["was"]), now=percent(row["value"]))

    def _best(self, row: dict[str, Any]) -> Html:
        return self._line(row, "encourage.above", value=percent(row["value"]), county=percent(row["centre"]))

    def _line(self, row: dict[str, Any], key: str, **values: str) -> Html:
        title = self.say(f"share.{row['indicator']}")
        button = f"<button {click({'why': row['indicator']})}>{title}</button>"
        said = self.say(key, title=button, n=count(row["denominator"]), **values)
        return Html(f"<b>{self.group_name(row['group_id'])}</b> {said}")


def _by_group(answers: Answers, name: str) -> dict[str, float | None]:
    frame = answers.ask(name, "group")
    return dict(zip(frame["group_id"].to_list(), frame["value"].to_list(), strict=True))
