"""Every step of one matter: what happened, when, between whom, and when the office learnt of it."""

from typing import Any

from dashboards.dossier import level_name, matter_of, steps_of
from dashboards.formats import NONE, count, day
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.theme import LIGHTS
from dashboards.view import View


class MatterSteps(View):
    """One row per step, in order."""

    view = "matter_steps"
    shape = "card wide"
    indicator = "matter_hops"
    tools = ("csv", "png")

    def answer(self) -> list[dict[str, Any]]:
        """The matter's steps up to the day looked at."""
        return steps_of(self.store).to_dicts() if matter_of(self.store) else []

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """A table, and how often it was urged, slipped, returned and extended."""
        title = self.say("taken.title")
        if not answer:
            chosen = matter_of(self.store)
            return self.nothing(title, self.say("hops.none" if chosen else "matter.choose"))
        counts = {
            name: sum(step["event_type"] == kind for step in answer)
            for name, kind in {"urged": "urged", "slips": "slip_issued", "returned": "returned"}.items()
        }
        heads = ("on", "step", "from", "to", "allowed", "reason", "told")
        table = grid([self.say(f"taken.head.{head}") for head in heads], map(self._line, answer))
        return {"html": self.head(title, self.say("taken.say", n=len(answer), **counts)) + table}

    def _line(self, step: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        told = step["reported_at"].date() if step["reported_at"] else None
        return [
            self._on(step["happened_on"]),
            self._step(step),
            step[f"from_name_{language}"] or step["from_body_id"] or NONE,
            self._to(step),
            (count(step["allowed_days"]), step["allowed_days"]),
            known(language, f"stalled.{step['stall_reason']}") or step["stall_reason"] or NONE,
            self._on(told),
        ]

    def _to(self, step: dict[str, Any]) -> str:
        """The body that received it, with its level."""
        named = step[f"to_name_{self.look.language}"] or step["to_body_id"]
        level = level_name(self.store, step["level"]) if step["level"] is not None else ""
        return " \u00b7 ".join(filter(None, [named, level])) or NONE

    def _on(self, value: Any) -> Html:
        return Html(f'<span data-at="{value or ""}">{day(value, self.look.language)}</span>')

    def _step(self, step: dict[str, Any]) -> Cell:
        language = self.look.language
        if not step["slip_colour"]:
            return known(language, f"step.{step['event_type']}") or str(step["event_type"])
        mark = LIGHTS[step["slip_colour"]]
        name = known(language, f"slip.{step['slip_colour']}")
        return Html(f'<span class="tone-{mark.tone}">{mark.glyph}</span> {name}')
