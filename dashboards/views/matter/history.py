"""What earlier snapshots said otherwise of one matter, and when it was learnt."""

from typing import Any

from dashboards.dossier import matter_of, mine, readings_changed, term_name, term_said
from dashboards.formats import NONE, count, day, names
from dashboards.markup import Cell, Html, grid
from dashboards.view import View


class MatterHistory(View):
    """One row per term that a snapshot reads otherwise than the one before, the oldest first."""

    view = "matter_history"
    shape = "card wide"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The matter and its changed readings."""
        found = matter_of(self.store)
        return {"matter": found, "changes": mine(self.store, readings_changed(self.store)).to_dicts() if found else []}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table with both readings and both clocks."""
        title, found = self.say("readings.title"), answer["changes"]
        if not found:
            return self.nothing(title, self.say("readings.none" if answer["matter"] else "matter.choose"))
        heads = ("term", "before", "now", "on", "told", "until", "known", "days", "by")
        table = grid([self.say(f"readings.head.{head}") for head in heads], map(self._line, found))
        return {"html": self.head(title, self._finding(found), self.say("readings.legend")) + table}

    def _finding(self, found: list[dict[str, Any]]) -> str:
        """Which terms of the decision itself were read otherwise; how often only its standing moved on."""
        standing = sum(row["term"] == "status" for row in found)
        decided = [term_name(self.store, row) for row in found if row["term"] != "status"]
        unique = list(dict.fromkeys(decided))
        said = self.say("readings.say", n=len(decided), terms=names(unique, self.look.language)) if decided else ""
        return self.sentences(
            said or self.say("readings.same"), self.say("readings.standing", n=standing) if standing else ""
        )

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        happened = row["happened_on"]
        waited = (row["known_on"] - happened).days if happened else None
        return [
            term_name(self.store, row),
            term_said(self.store, row, "said_before"),
            term_said(self.store, row, "said"),
            *(self._on(row[name]) for name in ("happened_on", "reported_on", "known_before", "known_on")),
            (count(waited), waited),
            row[f"asked_by_{language}"] or NONE,
        ]

    def _on(self, value: Any) -> Html:
        return Html(f'<span data-at="{value or ""}">{day(value, self.look.language)}</span>')
