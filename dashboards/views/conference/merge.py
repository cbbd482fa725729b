"""What could be merged: one row per proposal, with its days, its lead, and what it spares the unit."""

from typing import Any, ClassVar

import polars as pl

from dashboards.bodies import PARTNER, body_of
from dashboards.formats import NONE, esc, measure, stretch
from dashboards.markup import Cell, Html, grid
from dashboards.view import View
from queries import Selection
from queries.inspections import inspections
from queries.merging import proposals


class Merge(View):
    """The proposals of one kind in a table, with the rule they are made by."""

    shape = "card wide"
    indicator = "inspection_overlap"
    tools = ("csv", "png")
    when: ClassVar[str]

    def answer(self) -> dict[str, Any]:
        """The proposals, and the inspections they name, by their number."""
        found = self.store.answers.listing(proposals).filter(pl.col("when") == self.when)
        named = found["inspection_ids"].explode().drop_nulls().to_list()
        everything = inspections(self.store.source, Selection(events_until=self.store.selection.events_until))
        rows = everything.filter(pl.col("inspection_id").is_in(named)).to_dicts()
        return {"found": found, "rows": {row["inspection_id"]: row for row in rows}}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table; its sums are said above it."""
        found, title = answer["found"], self.say(f"merge.{self.when}.title")
        if found.is_empty():
            return self.nothing(title, self.say(f"merge.{self.when}.none"))
        finding = self.say(
            f"merge.{self.when}.say",
            n=found.height,
            members=found["inspection_ids"].list.len().sum(),
            saved=measure(found["days_saved"].sum(), "days"),
            now=measure(found["days_now"].sum(), "days"),
        )
        heads = [self.say(f"inspected.head.{name}") for name in ("unit", "group")]
        heads += [self.say("merge.head.window" if self.when == "ahead" else "merge.head.window.begun")]
        names = ("members", "lead", "support", "partner", "now", "after", "saved", "why")
        heads += [self.say(f"merge.head.{name}") for name in names]
        lines = [self._line(row, answer["rows"]) for row in found.iter_rows(named=True)]
        return {"html": self.head(title, finding) + grid(heads, lines) + self._rule()}

    def _line(self, row: dict[str, Any], rows: dict[str, dict[str, Any]]) -> list[Cell]:
        language = self.look.language
        run = stretch(row["window_from"], row["window_to"], language)
        lead = self._bodies([row["lead_id"]] if row["lead_id"] else [], rows)
        return [
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            Html(f'<b class="days">{run}</b>'),
            Html("<br>".join(self._member(rows[one]) for one in row["inspection_ids"])),
            lead if row["lead_id"] else self.say("merge.together"),
            self._bodies(row["support_ids"], rows),
            self._bodies(row["partner_ids"], rows),
            *((measure(row[name], "days"), row[name]) for name in ("days_now", "days_after", "days_saved")),
            self.say(f"merge.why.{row['reason']}"),
        ]

    def _member(self, row: dict[str, Any]) -> str:
        days = stretch(row["inspection_from"], row["inspection_to"], self.look.language)
        return f'<span class="days">{body_of(row, self.look).badge(self.look)} {days}</span>'

    def _bodies(self, ids: list[str], rows: dict[str, dict[str, Any]]) -> Html:
        told = [esc(body_of(rows[one], self.look).name) for one in ids]
        return Html("<br>".join(told) or NONE)

    def _rule(self) -> str:
        lines = "".join(
            f"<li>{self.say(f'merge.rule.{part}', partner=PARTNER)}</li>" for part in ("who", "window", "lead", "days")
        )
        return (
            f'<details data-key="rule-{self.when}"><summary>{self.say("merge.rule")}</summary>'
            f'<ul class="told">{lines}</ul></details>'
        )


class MergeAhead(Merge):
    """What can still be merged: nothing of it has begun."""

    view = "merge_ahead"
    when = "ahead"


class MergeBegun(Merge):
    """What could have been merged, in hindsight."""

    view = "merge_begun"
    when = "begun"
