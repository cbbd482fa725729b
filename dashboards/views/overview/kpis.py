"""The headline figures: value, what it is counted from, the change since the snapshot before, the way by week."""

from collections.abc import Sequence
from typing import Any

from dashboards.formats import change, count, day, esc, measure, percent
from dashboards.markup import click
from dashboards.store import one
from dashboards.view import View
from queries import indicator
from queries.moves import HEADLINE
from queries.statistics import wilson

WIDTH, HEIGHT = 88, 26


class Kpis(View):
    """One card per indicator; the value opens its definition and the rows behind it."""

    view = "kpis"
    shape = "plain wide"

    def answer(self) -> dict[str, dict[str, Any]]:
        """Per indicator: its row for all, the same one snapshot earlier, and its values by week."""
        return {
            name: {
                "now": one(self.store.ask(name)),
                "limits": self._limits(name),
                "before": one(self.store.ask_before(name)),
                "weeks": self.store.ask(name, "week"),
            }
            for name in HEADLINE
        }

    def _limits(self, name: str) -> dict[str, Any]:
        """The 95 % interval of a share for all; empty for what is none."""
        return one(wilson(self.store.ask(name))) if indicator(name).unit == "share" else {}

    def patch(self, answer: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """A row of cards."""
        return {"html": "".join(self._card(name, answer[name]) for name in HEADLINE)}

    def _card(self, name: str, answer: dict[str, Any]) -> str:
        defined, now = indicator(name), answer["now"]
        title = self.say(f"kpi.{name}")
        value = now.get("value")
        notes = [self.say("kpi.none")]
        if now.get("denominator"):
            notes = [
                self.say(f"kpi.n.{name}", numerator=count(now["numerator"]), denominator=count(now["denominator"]))
            ]
        if answer["limits"].get("low") is not None:
            notes.append(
                self.say("interval", low=percent(answer["limits"]["low"]), high=percent(answer["limits"]["high"]))
            )
        if now.get("n_missing"):
            notes.append(self.say("no_report", n=count(now["n_missing"])))
        if now.get("maturity") == "immature" and value is not None:
            notes.append(self.say("early"))
        return (
            f'<article class="kpi" data-indicator="{name}"><h2>{title}</h2>'
            f'<button class="value" {click({"why": name})} title="{esc(self.say("kpi.open", title=title))}">'
            f"{measure(value, defined.unit)}</button>"
            f'<p class="n">{" · ".join(notes)}</p>'
            f"<footer>{self._change(answer, defined.unit)}"
            f"{self._spark(title, defined.unit, answer['weeks'])}</footer></article>"
        )

    def _change(self, answer: dict[str, Any], unit: str) -> str:
        now, before = answer["now"].get("value"), answer["before"].get("value")
        moved = change(now, before, unit, self.say("points"))
        if not moved:
            return f'<span class="change">{self.say("change.none") if self.store.previous is None else ""}</span>'
        assert self.store.previous is not None
        tone = "same" if moved == "±0" else "up" if now > before else "down"
        since = day(self.store.previous.known_on, self.look.language, year=False)
        return f'<span class="change {tone}">{self.say("change", change=moved, day=since)}</span>'

    def _spark(self, title: str, unit: str, weeks: Any) -> str:
        rows = zip(weeks["week"].to_list(), weeks["value"].to_list(), weeks["maturity"].to_list(), strict=True)
        known = [(week, value) for week, value, state in rows if value is not None and state == "mature"]
        if len(known) < 2:
            return ""
        values = [value for _, value in known]
        words = self.say("kpi.spark", title=title, first=measure(values[0], unit), last=measure(values[-1], unit))
        return (
            f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
            f'aria-label="{esc(words)}"><polyline points="{_line([week for week, _ in known], values)}"/></svg>'
        )


def _line(weeks: Sequence[int], values: Sequence[float]) -> str:
    """The points of a sparkline, the whole height used from the lowest to the highest value."""
    low, high = min(values), max(values)
    wide, tall = weeks[-1] - weeks[0] or 1, high - low or 2
    low = low if high > low else low - 1
    return " ".join(
        f"{1 + (WIDTH - 2) * (week - weeks[0]) / wide:.1f},{HEIGHT - 2 - (HEIGHT - 4) * (value - low) / tall:.1f}"
        for week, value in zip(weeks, values, strict=True)
    )
