"""The stamp under every page: snapshot, both clocks, filters."""

from typing import Any

from dashboards.formats import day, esc
from dashboards.text import known
from dashboards.view import View
from queries import Selection


class Footer(View):
    """Which snapshot and which selection everything above is made from."""

    view = "footer"
    shape = "plain wide"

    def answer(self) -> Selection:
        """The selection itself."""
        return self.store.selection

    def patch(self, answer: Selection) -> dict[str, Any]:
        """One line."""
        language = self.look.language
        groups = ", ".join(answer.groups)
        kinds = ", ".join(known(language, f"type.{kind}") or kind for kind in answer.unit_types)
        first, last = self.store.weeks
        selection = " · ".join(
            [
                self.say("selection.groups", groups=esc(groups)) if groups else self.say("selection.groups.all"),
                self.say("selection.types", types=esc(kinds)) if kinds else self.say("selection.types.all"),
                self.say("weeks", first=first, last=last),
            ]
        )
        words = self.say(
            "footer",
            id=esc(self.store.source.snapshot_id),
            known_on=day(answer.known_on, language),
            events_until=day(answer.events_until, language),
            selection=selection,
        )
        return {"html": f"<p>{words}</p>"}
