"""Everything about one unit: its figures, its prescribed actions, its visits."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, measure
from dashboards.markup import card, table
from dashboards.text import known
from dashboards.view import View
from queries import indicator

FIGURES = ("completion_rate", "on_time_rate", "visits_per_unit", "weekly_coverage", "event_to_report_latency")


class Facts(View):
    """The unit's name, type and group, and its figures."""

    view = "facts"
    shape = "card wide"

    def answer(self) -> dict[str, Any]:
        """The unit's row and its row of each indicator; all units to choose from when none is chosen."""
        units = self.store.every_unit()
        mine = pl.col("unit_id") == self.store.unit
        figures = {name: self.store.ask(name, "unit").filter(mine).to_dicts() for name in FIGURES}
        return {"unit": units.filter(mine).to_dicts(), "figures": figures, "units": units}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A heading and a row of figures."""
        language = self.look.language
        name = "name_zh" if language == "zh" else "name_en"
        back = f'<nav><a href="{esc(self.store.link("./"))}">{self.say("unitpage.back")}</a></nav>'
        if not answer["unit"]:
            choices = "".join(
                f'<li><a href="{esc(self.store.link("unit", unit=row["unit_id"]))}">{esc(row[name])}</a></li>'
                for row in answer["units"].iter_rows(named=True)
            )
            return {"html": f"{back}<h1>{self.say('unitpage.choose')}</h1><ul class=choices>{choices}</ul>"}
        unit = answer["unit"][0]
        kind = known(language, f"type.{unit['unit_type']}") or unit["unit_type"]
        facts = self.say("unitpage.facts", type=esc(kind), group=esc(unit["group_id"] or "–"))
        cards = "".join(self._tile(key, answer["figures"][key]) for key in FIGURES)
        return {"html": f'{back}<h1>{esc(unit[name])}</h1><p>{facts}</p><div class="row">{cards}</div>'}

    def _tile(self, name: str, found: list[dict[str, Any]]) -> str:
        defined = indicator(name)
        title = esc(getattr(defined, f"title_{self.look.language}"))
        row = found[0] if found else {"value": None, "numerator": None, "denominator": None}
        part = ""
        if row["denominator"] and defined.unit == "share":
            part = self.say("of", part=count(row["numerator"]), whole=count(row["denominator"]))
        elif row["denominator"]:
            part = f"n {count(row['numerator'] if defined.unit == 'visits' else row['denominator'])}"
        value = f'<b class="value">{measure(row["value"], defined.unit)}</b>'
        return f'<article class="kpi"><h2>{title}</h2>{value}<p class="n">{part}</p></article>'


class Actions(View):
    """The unit's prescribed actions that are due, each with its state in words."""

    view = "actions"

    def answer(self) -> pl.DataFrame:
        """The rows behind I01 of this unit, with whether each was on time."""
        if not self.store.unit:
            return pl.DataFrame()
        frame = self.store.answers.rows("completion_rate")
        punctual = self.store.answers.rows("on_time_rate")
        keys = ["unit_id", "action_code", "instance_no"]
        joined = frame.join(
            punctual.select(*keys, on_time=pl.col("numerator") > 0), on=keys, how="left", maintain_order="left"
        )
        return joined.filter(pl.col("unit_id") == self.store.unit)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table, the latest due first."""
        if answer.is_empty():
            return self.nothing(self.say("unitpage.actions"), self.say("headline.none"))
        language = self.look.language
        done, late = answer["numerator"].sum(), answer.filter(pl.col("numerator") > 0, ~pl.col("on_time")).height
        heads = "".join(
            f"<th>{self.say(f'unitpage.{name}')}</th>" for name in ("action", "due", "done", "told", "state")
        )
        lines = "".join(
            f"<tr><td class=wrap>{esc(row[f'action_name_{language}'])}</td><td>{day(row['due_on'], language)}</td>"
            f"<td>{day(row['done_on'], language)}</td>"
            f"<td>{day(row['reported_at'] and row['reported_at'].date(), language)}</td>"
            f'<td class="state-{_state(row)}">{self.say(f"state.{_state(row)}")}</td></tr>'
            for row in reversed(answer.to_dicts())
        )
        head = card(
            self.say("unitpage.actions"), self.say("unitpage.actions.say", done=done, due=answer.height, late=late)
        )
        return {"html": head + table(heads, lines)}


class Visited(View):
    """The visits on site to the unit, the latest first."""

    view = "visited"

    def answer(self) -> pl.DataFrame:
        """The rows behind I07 of this unit."""
        if not self.store.unit:
            return pl.DataFrame()
        frame = self.store.answers.rows("visits_per_unit")
        return frame.filter(pl.col("unit_id") == self.store.unit)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table and one sentence."""
        if answer.is_empty():
            return {"html": self.head(self.say("unitpage.visits"), self.say("unitpage.visits.none")), "empty": True}
        language = self.look.language
        latest = sorted(answer.to_dicts(), key=lambda row: row["visited_on"], reverse=True)
        heads = "".join(
            f"<th>{self.say(f'unitpage.{name}')}</th>" for name in ("visited", "purpose", "interviews", "told")
        )
        lines = "".join(
            f"<tr><td>{day(row['visited_on'], language)}</td>"
            f"<td>{esc(known(language, 'purpose.' + row['purpose']) or row['purpose'])}</td>"
            f"<td>{count(row['interview_count'])}</td><td>{day(row['reported_at'].date(), language)}</td></tr>"
            for row in latest
        )
        said = self.say("unitpage.visits.say", n=len(latest), day=day(latest[0]["visited_on"], language))
        head = self.head(self.say("unitpage.visits"), said)
        return {"html": head + table(heads, lines)}


def _state(row: dict[str, Any]) -> str:
    if row["numerator"]:
        return "on_time" if row["on_time"] else "late"
    return {"not_reported": "not_reported", "not_done": "overdue"}.get(row["state"], "open")
