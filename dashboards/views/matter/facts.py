"""What the register says of one matter."""

from typing import Any

from dashboards.dossier import matter_of, mine
from dashboards.formats import NONE, day, esc, names, percent
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.view import View
from queries.dossier import supports


class MatterFacts(View):
    """Number, source, class, urgency, bodies, days and progress, as a list of pairs."""

    view = "matter_facts"
    shape = "card wide"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The matter's row and the bodies that support it."""
        found = matter_of(self.store)
        helping = mine(self.store, self.store.answers.of_all.of_day(supports))
        return {"matter": found, "supports": helping.to_dicts() if found else []}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The pairs, and one sentence on what it is about."""
        matter, title = answer["matter"], self.say("matterfacts.title")
        if not matter:
            return self.nothing(title, self.say("matter.choose"))
        lines = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in self._pairs(answer))
        said = self.say("matterfacts.mosts" if matter["three_mosts"] else "matterfacts.plain")
        return {"html": f'{self.head(title, said)}<dl class="pairs">{lines}</dl>', "twin": self._table(answer)}

    def _table(self, answer: dict[str, Any]) -> str:
        """The same pairs as a table, for the file."""
        heads = [self.say("matterfacts.head.what"), self.say("matterfacts.head.said")]
        lines: list[list[Cell]] = [[name, Html(value)] for name, value in self._pairs(answer)]
        return grid(heads, lines)

    def _pairs(self, answer: dict[str, Any]) -> list[tuple[str, str]]:
        matter, language = answer["matter"], self.look.language
        helping = [esc(row[f"body_name_{language}"] or row["body_id"]) for row in answer["supports"]]
        group = f" · {self.group_name(matter['group_id'])}" if matter["group_id"] else ""
        lead = f"{self.body_name(matter, matter['body_id'])}{group}"
        progress = [percent(matter[f"{side}_progress"], 0) for side in ("actual", "planned")]
        pairs = {
            "no": esc(matter["matter_no"]),
            "source": self._code("source", matter["source"]),
            "class": self._code("category", matter["matter_class"]),
            "urgency": self._code("urgency", matter["urgency"]),
            "lead": lead,
            "support": names(helping, language) or NONE,
            **{name: day(matter[f"{name}_on"], language) for name in ("decided", "registered")},
            "original": day(matter["due_on_original"], language),
            "due": self._due(matter),
            "extended": self._extended(matter),
            "progress": self.say("matterfacts.done", actual=progress[0], planned=progress[1]),
        }
        if matter["closed_on"] or matter["cancelled_on"]:
            pairs["ended"] = self._ended(matter)
        return [(self.say(f"matterfacts.{name}"), value) for name, value in pairs.items()]

    def _code(self, family: str, code: str) -> str:
        return esc(known(self.look.language, f"{family}.{code}") or code)

    def _due(self, matter: dict[str, Any]) -> str:
        moved = (matter["due_on"] - matter["due_on_original"]).days
        on = day(matter["due_on"], self.look.language)
        return self.say("matterfacts.moved", day=on, n=moved) if moved else on

    def _extended(self, matter: dict[str, Any]) -> str:
        counts = {name: matter[f"count_{name}"] for name in ("asked", "granted", "refused")}
        return self.say("matterfacts.extensions" if any(counts.values()) else "matterfacts.never", **counts)

    def _ended(self, matter: dict[str, Any]) -> str:
        kind = "cancelled" if matter["cancelled_on"] else "closed"
        return f"{self._code('standing', kind)} · {day(matter[f'{kind}_on'], self.look.language)}"
