"""The figures of overlap, merging and burden, each with its interval and what it is counted from."""

from typing import Any

from dashboards.formats import count, esc, measure, percent
from dashboards.markup import click
from dashboards.store import one
from dashboards.view import View
from queries import indicator
from queries.statistics import wilson

SHOWN = {
    "inspection_overlap": ("joint.share.n", "joint.empty"),
    "inspection_overlap_theme": ("joint.share.n", "joint.empty"),
    "inspections_merged_share": ("joint.merged.n", "joint.empty"),
    "inspection_burden": ("joint.burden.n", "joint.week"),
}
"""By indicator how its counts are said, and how that there are none."""


class ConferenceFigures(View):
    """One card per figure; the value opens its definition and the rows behind it."""

    view = "joint_figures"
    shape = "plain wide kpis"

    def answer(self) -> dict[str, dict[str, Any]]:
        """Per indicator its row for all, with the 95 % interval of a share."""
        return {name: self._asked(name) for name in SHOWN}

    def _asked(self, name: str) -> dict[str, Any]:
        frame = self.store.ask(name)
        return one(wilson(frame) if indicator(name).unit == "share" else frame)

    def patch(self, answer: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """A row of cards."""
        return {"html": "".join(self._card(name, answer[name]) for name in SHOWN)}

    def _card(self, name: str, now: dict[str, Any]) -> str:
        title, unit = self.say(f"joint.{name}"), indicator(name).unit
        told, empty = SHOWN[name]
        counted = self.say(empty)
        if now["denominator"]:
            met, whole = (measure(float(now[part]), "days") for part in ("numerator", "denominator"))
            counted = self.say(told, met=met, whole=whole if unit == "days" else count(now["denominator"]))
        interval = ""
        if now.get("low") is not None:
            interval = self.say("interval", low=percent(now["low"], 0), high=percent(now["high"], 0))
        return (
            f'<article class="kpi" data-indicator="{name}"><h2>{title}</h2>'
            f'<button class="value" {click({"why": name})} title="{esc(self.say("kpi.open", title=title))}">'
            f'{measure(now["value"], "ratio" if unit == "days" else unit)}</button><p class="n">{counted}</p>'
            f'<footer><span class="change">{interval}</span></footer></article>'
        )
