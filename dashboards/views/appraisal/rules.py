"""The rules that the term's marks were made by: points, caps, days in force, and the hash that freezes them."""

from typing import Any

from dashboards.formats import NONE, count, day, esc
from dashboards.marking import gained, mark, shown, term, term_name
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.view import View
from queries.coursework import reasonable_weights, rulebook_of, rules_of

SHORT = 12


class RulesInForce(View):
    """One row per rule of the term; the whole hash, and the text it is of, open below."""

    view = "rules"
    shape = "card wide"
    indicator = "coursework_mark"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The frozen rules, their rows, and the rule file of their scheme where there is one."""
        found = term(self.store)
        if not found or shown(self.store).is_empty():
            return {}
        rules, rows = rules_of(self.store.source, found["period_id"], found["scheme_id"])
        return {"term": found, "frozen": rules, "rows": rows, "file": rulebook_of(found["scheme_id"])}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table, and what it is the copy of."""
        title = self.say("rules.title")
        if not answer:
            return self.nothing(title)
        frozen, rows = answer["frozen"], answer["rows"].sort("category", "rule_code")
        heads = ("rule", "category", "points", "cap", "support", "from", "to")
        table = grid([self.say(f"rules.head.{head}") for head in heads], [self._line(row) for row in rows.to_dicts()])
        return {"html": self.head(title, self._finding(answer), self._legend(answer)) + table + self._hash(frozen)}

    def _finding(self, answer: dict[str, Any]) -> str:
        frozen, book = answer["frozen"], answer["file"]
        bases, weights = (" / ".join(mark(one) for one in values) or NONE for values in (frozen.bases, frozen.weights))
        name = esc(term_name(self.store, frozen.period_id))
        said = self.say(
            "rules.say", n=len(frozen.rules), rules=count(len(frozen.rules)), term=name, base=bases, weight=weights
        )
        if book is None:
            return self.sentences(said, self.say("rules.own", scheme=esc(frozen.scheme_id)))
        same = book.frozen(frozen.period_id).sha256 == frozen.sha256
        told = {"scheme": esc(book.scheme_id), "version": book.version}
        return self.sentences(said, self.say("rules.same" if same else "rules.other", **told))

    def _legend(self, answer: dict[str, Any]) -> str:
        low, high = reasonable_weights(answer["frozen"].scheme_id)
        return self.say("rules.legend", hash=answer["frozen"].sha256[:SHORT], low=f"{low:.2f}", high=f"{high:.2f}")

    def _hash(self, frozen: Any) -> str:
        return (
            f'<details data-key="hash"><summary>{self.say("rules.hash")}</summary>'
            f"<p><code>{frozen.sha256}</code></p><pre tabindex=0>{esc(frozen.canonical)}</pre></details>"
        )

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        category = known(language, f"points.category.{row['category']}") or row["category"]
        until = day(row["effective_to"], language) if row["effective_to"] else self.say("rules.open")
        cap = (NONE if row["cap"] is None else gained(row["cap"]), row["cap"])
        both = f"{esc(row[f'name_{language}'])} <small>{esc(row['name_en' if language == 'zh' else 'name_zh'])}</small>"
        return [
            Html(both),
            category,
            (gained(row["points"]), row["points"]),
            cap,
            (f"\u00d7 {row['role_factor_support']:g}", row["role_factor_support"]),
            (day(row["effective_from"], language), row["effective_from"]),
            (until, row["effective_to"]),
        ]
