"""The row that a point stands on, column by column in words."""

from datetime import date, datetime
from typing import Any, Final

import polars as pl

from dashboards.formats import NONE, day, esc
from dashboards.marking import event_of, gained, term, unit_row
from dashboards.markup import Html
from dashboards.text import known
from dashboards.view import View
from data.schemas import columns
from data.schemas.labels import labels
from queries import dimension
from queries.coursework import evidence

UNSAID: Final = ("revision", "is_void", "source_ref")
"""Columns that say how a row came here, and nothing of the matter."""
NAMED: Final = {
    "unit_id": "units",
    "action_code": "actions",
    "group_id": "groups",
    "body_id": "bodies",
    "lead_body_id": "bodies",
    "responsible_body_id": "bodies",
    "from_body_id": "bodies",
    "to_body_id": "bodies",
}
"""Columns of codes that have names, and the dimension that has them."""


class EvidenceRow(View):
    """The evidence of the event picked in the list; without a pick, of the one that weighs most."""

    view = "evidence"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The event and its row of evidence."""
        if not term(self.store) or not unit_row(self.store):
            return {}
        event = event_of(self.store)
        if not event:
            return {}
        return {"event": event, "row": evidence(self.store.source, event["evidence_table"], event["evidence_key"])}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What the row is of, and its columns that are filled."""
        title = self.say("evidence.title")
        if not answer:
            return self.nothing(title, self.say("evidence.none"))
        event, row = answer["event"], answer["row"]
        rule = esc(event[f"rule_name_{self.look.language}"] or event["rule_code"])
        on = day(event["occurred_on"], self.look.language)
        points = NONE if event["points"] is None else gained(event["points"])
        finding = self.say("evidence.say", rule=rule, day=on, points=points)
        table = event["evidence_table"]
        if not row:
            return {"html": self.head(title, finding, self.say("evidence.gone"))}
        what = known(self.look.language, f"evidence.of.{table}") or table
        legend = self.say("evidence.legend", what=esc(what))
        told = "".join(
            f"<tr><th scope=row>{label}</th><td>{value}</td></tr>" for label, value in self._told(table, row)
        )
        return {
            "html": self.head(title, finding, legend)
            + f'<div class="scroll" tabindex="0" role="region"><table>{told}</table></div>'
        }

    def _told(self, table: str, row: dict[str, Any]) -> list[tuple[str, Html]]:
        told = [*self._subject(row)]
        for column in columns(table):
            value = row[column.name]
            if value is None or column.name in UNSAID or _is_said_apart(column.name):
                continue
            label = column.zh if self.look.language == "zh" else column.en
            told.append((esc(label), self._value(table, column.name, value)))
        return told

    def _subject(self, row: dict[str, Any]) -> list[tuple[str, Html]]:
        """The matter or problem that the row is of, by its title."""
        told = []
        if "matter_id" in row:
            matters = dimension("matters", self.store.source).filter(pl.col("matter_id") == row["matter_id"])
            told += [(self.say("evidence.matter"), self.matter_name(one)) for one in matters.to_dicts()]
        if "problem_id" in row:
            problems = self.store.source.table("problems").filter(pl.col("problem_id") == row["problem_id"])
            told += [(self.say("evidence.problem"), Html(esc(title))) for title in problems["title_zh"].to_list()]
        return told

    def _value(self, table: str, name: str, value: Any) -> Html:
        language = self.look.language
        if isinstance(value, bool):
            return Html(self.say("yes" if value else "no"))
        if isinstance(value, datetime):
            return Html(f"{day(value.date(), language)} {value:%H:%M}")
        if isinstance(value, date):
            return Html(day(value, language))
        if isinstance(value, float):
            return Html(f"{value:g}")
        if name in NAMED:
            return self._named(name, value)
        try:
            words = labels(table, name)[value]
        except KeyError:
            return Html(esc(value))
        return Html(esc(words[0] if language == "zh" else words[1]))

    def _named(self, name: str, value: str) -> Html:
        language = self.look.language
        if name == "group_id":
            return self.group_name(value)
        found = self.store.answers.names(NAMED[name], language).get(value)
        if name == "unit_id" and found:
            return self.unit_name({"unit_id": value, f"name_{language}": found})
        return Html(esc(found or value))


def _is_said_apart(name: str) -> bool:
    """Whether a column is a title, said above, or a number by which the tables are joined and nobody is helped."""
    return name.startswith("title_") or (name.endswith("_id") and name not in NAMED)
