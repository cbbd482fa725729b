"""Which term is looked at: a row of buttons, one of them pressed."""

from typing import Any

from dashboards.formats import esc
from dashboards.marking import offered, term, term_name
from dashboards.markup import click
from dashboards.view import View


class TermButtons(View):
    """The terms begun so far; without a pick the last one that is over."""

    view = "terms"
    shape = "plain wide"

    def answer(self) -> dict[str, Any]:
        """The terms that can be picked, and the one looked at."""
        return {"terms": offered(self.store), "term": term(self.store)}

    def patch(self, answer: dict[str, Any]) -> dict[str, str]:
        """The buttons, with a word on where each term stands."""
        if not answer["terms"]:
            return {"html": f"<p>{self.say('marked.none')}</p>"}
        made = "".join(self._button(one, one["period_id"] == answer["term"]["period_id"]) for one in answer["terms"])
        return {"html": f'<div class="toggles" role="group" aria-label="{self.say("terms.choose")}">{made}</div>'}

    def _button(self, one: dict[str, Any], pressed: bool) -> str:
        told = click({"pick": {"term": one["period_id"]}})
        state = self.say("terms.closed" if one["is_closed"] else "terms.running")
        name = esc(term_name(self.store, one["period_id"]))
        is_pressed = str(pressed).lower()
        return f'<button class="toggle" {told} aria-pressed="{is_pressed}">{name} <small>{state}</small></button>'
