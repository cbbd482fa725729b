"""Push forward: what falls due in the next seven days, what is overdue already, and the matters that are red."""

from datetime import timedelta
from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.markup import Html
from dashboards.theme import LIGHTS
from dashboards.view import View
from queries import states
from queries.matters import lights

DAYS = 7
OVERDUE = ("not_reported", "not_done", "in_progress")


class Forward(View):
    """Actions due next with how many units have not done them, overdue ones by what is known of them, lights."""

    view = "forward"
    shape = "card third"

    def answer(self) -> dict[str, Any]:
        """What falls due in the days after events-until, what is overdue, the matters by light."""
        frame, until = self.store.answers.of_day(states), self.store.events_until
        ahead = frame.filter(
            pl.col("due_on") > until,
            pl.col("due_on") <= until + timedelta(days=DAYS),
            pl.col("state") != "not_applicable",
        )
        name = f"action_name_{self.look.language}"
        due = ahead.group_by("action_code", "due_on", pl.col(name).alias("name")).agg(
            units=pl.len(), open=pl.col("done_on").is_null().sum()
        )
        overdue = frame.filter(pl.col("state").is_in(OVERDUE), pl.col("due_on") <= until)
        matters = self.store.answers.of_day(lights)
        return {
            "due": due.sort("due_on", "action_code").to_dicts(),
            "overdue": dict(overdue.group_by("state").len().iter_rows()),
            "lights": dict(matters.filter(pl.col("closed_on").is_null()).group_by("light").len().iter_rows()),
            "soon": matters.filter(pl.col("workdays_left").is_between(0, 5)).height,
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Lists, each line with the number of units it is about."""
        until = self.store.events_until
        last = day(until + timedelta(days=DAYS), self.look.language, year=False)
        lines = [self._due(row) for row in answer["due"]] or [self.say("forward.nothing")]
        html = self.head(self.say("forward.title"), self.say("forward.say", day=last)) + _list(lines)
        if answer["overdue"]:
            link = self.store.link("standards")
            known = [
                f'<a href="{esc(link)}">{self.say(f"forward.{state}", n=answer["overdue"][state])}</a>'
                for state in OVERDUE
                if state in answer["overdue"]
            ]
            html += f"<h3>{self.say('forward.overdue')}</h3>" + _list(known)
        if answer["lights"]:
            html += f"<h3>{self.say('forward.matters')}</h3>" + _list(self._lights(answer))
        return {"html": html}

    def _due(self, row: dict[str, Any]) -> str:
        link = esc(self.store.link("standards", action=row["action_code"]))
        return self.say(
            "forward.due",
            day=day(row["due_on"], self.look.language, year=False),
            name=f'<a href="{link}">{esc(row["name"])}</a>',
            open=count(row["open"]),
            units=count(row["units"]),
        )

    def _lights(self, answer: dict[str, Any]) -> list[str]:
        found = answer["lights"]
        shown = [
            f'<span class="light" style="color:var(--{LIGHTS[light].tone})">{LIGHTS[light].glyph}</span> '
            + f'<a href="{esc(self.store.link("matters", light=light))}">'
            + self.say(f"forward.light.{light}", n=found[light])
            + "</a>"
            for light in ("red", "amber", "blue")
            if light in found
        ]
        return [*shown, self.say("forward.soon", n=answer["soon"])] if answer["soon"] else shown


def _list(lines: list[str]) -> Html:
    return Html('<ul class="told">' + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
