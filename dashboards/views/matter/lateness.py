"""How late a matter is by the deadline first set and by the one in force, and who asked for the difference."""

from typing import Any

from dashboards.dossier import matter_of, steps_of
from dashboards.formats import NONE, count, day, esc
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.view import View
from data.schemas.matters import NO_DUE_DAY


class MatterLateness(View):
    """Both deadlines beside one another, then every extension that was asked for."""

    view = "matter_lateness"
    shape = "card wide"
    indicator = "matter_on_time_original"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The matter and its steps that ask for, grant or refuse an extension."""
        found = matter_of(self.store)
        taken = steps_of(self.store).to_dicts() if found else []
        asked = [step for step in taken if str(step["event_type"]).startswith("extension_")]
        return {"matter": found, "extensions": asked}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Two figures with their words, and a table of the extensions."""
        matter, title = answer["matter"], self.say("lateness.title")
        if not matter:
            return self.nothing(title, self.say("matter.choose"))
        if matter["due_on"] == NO_DUE_DAY:
            return self.nothing(title, self.say("lateness.none"))
        tiles = [self._tile("original", matter["due_on_original"], matter)]
        tiles.append(self._tile("due", matter["due_on"], matter))
        table = self._table(answer) if answer["extensions"] else f'<p class="legend">{self.say("lateness.never")}</p>'
        return {"html": f'{self.head(title, self._finding(matter))}<div class="row">{"".join(tiles)}</div>{table}'}

    def _finding(self, matter: dict[str, Any]) -> str:
        if matter["cancelled_on"]:
            return self.say("lateness.cancelled")
        moved = (matter["due_on"] - matter["due_on_original"]).days
        original, due = self._late(matter, matter["due_on_original"]), self._late(matter, matter["due_on"])
        if not moved:
            return self.say("lateness.same", late=self._words(matter, original))
        return self.say("lateness.say", original=self._words(matter, original), due=self._words(matter, due), n=moved)

    def _late(self, matter: dict[str, Any], due: Any) -> int:
        return int(((matter["closed_on"] or self.store.events_until) - due).days)

    def _words(self, matter: dict[str, Any], late: int) -> str:
        side = "late" if late > 0 else "early" if late < 0 else "upon"
        state = "closed" if matter["closed_on"] else "open"
        return self.say(f"lateness.{state}.{side}", n=abs(late))

    def _tile(self, name: str, due: Any, matter: dict[str, Any]) -> str:
        late = self._late(matter, due)
        tone = "bad" if late > 0 else "good"
        if matter["cancelled_on"]:
            shown, said = NONE, self.say("lateness.cancelled")
        else:
            shown = f'<span class="tone-{tone}">{self.say("matter.days", n=abs(late))}</span>'
            said = self._words(matter, late)
        day_said = f"{self.say(f'lateness.{name}')} · {day(due, self.look.language)}"
        return f'<article class="kpi"><h3>{day_said}</h3><b class="value">{shown}</b><p class="n">{said}</p></article>'

    def _table(self, answer: dict[str, Any]) -> str:
        language, matter = self.look.language, answer["matter"]
        heads = [self.say(f"lateness.head.{head}") for head in ("on", "step", "by", "reason", "days", "told")]
        moved = (matter["due_on"] - matter["due_on_original"]).days
        granted = [step["step_no"] for step in answer["extensions"] if step["event_type"] == "extension_granted"]
        lines: list[list[Cell]] = []
        for step in answer["extensions"]:
            added = moved if granted and step["step_no"] == granted[-1] else None
            told = step["reported_at"].date() if step["reported_at"] else None
            reason = known(language, f"stalled.{step['stall_reason']}") or step["stall_reason"]
            lines.append(
                [
                    self._on(step["happened_on"]),
                    known(language, f"step.{step['event_type']}") or step["event_type"],
                    step[f"from_name_{language}"] or step["from_body_id"] or self.say("lateness.nobody"),
                    reason or self.say("lateness.unexplained"),
                    (NONE if added is None else f"+{count(added)}", added),
                    self._on(told),
                ]
            )
        return grid(heads, lines)

    def _on(self, value: Any) -> Html:
        return Html(f'<span data-at="{value or ""}">{esc(day(value, self.look.language))}</span>')
