"""The open matters: who holds each now, for how long and how long it may, and whether it is old for its kind."""

from typing import Any

import polars as pl

from dashboards.formats import NONE, count, day, esc
from dashboards.markup import Cell, Html, grid
from dashboards.register import OPEN, matters
from dashboards.text import known
from dashboards.theme import LIGHTS
from dashboards.view import View
from queries.stuck import FEWEST_CLOSED, PARTNERS

SHOWN = 60


class HoldersAtRisk(View):
    """One row per open matter, the longest beyond its allowance first."""

    view = "at_risk"
    shape = "card wide"
    indicator = "stall_days"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The open matters, those with partners at the end: they are not ranked."""
        found = matters(self.store).filter(OPEN)
        partner = pl.col("holder_kind").is_in(PARTNERS).fill_null(False)
        order = ["stall_days", "held_days", "open_days"]
        return found.with_columns(is_partner=partner).sort(
            "is_partner", *order, "matter_id", descending=[False, True, True, True, False], nulls_last=True
        )

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table and what of it is over."""
        title = self.say("risk.title")
        if answer.is_empty():
            none = matters(self.store).is_empty()
            return self.nothing(title, self.say("stuck.none" if none else "risk.none"))
        heads = ("matter", "light", "holder", "level", "since", "held", "allowed", "over", "age", "kind")
        table = grid(
            [self.say(f"risk.head.{head}") for head in heads],
            [self._line(row) for row in answer.head(SHOWN).to_dicts()],
        )
        counts = {"n": count(min(SHOWN, answer.height)), "all": count(answer.height)}
        legend = self.say("risk.legend", fewest=FEWEST_CLOSED, **counts)
        return {"html": self.head(title, self._finding(answer), legend) + table}

    def _finding(self, answer: pl.DataFrame) -> str:
        over = answer.filter(pl.col("stall_days") > 0).height
        first = self.say("risk.say", n=answer.height, open=count(answer.height), over=count(over))
        judged, old = answer.filter(pl.col("kind_basis").is_not_null()).height, answer["is_beyond_kind"].sum()
        if not judged:
            return self.sentences(first, self.say("risk.unjudged", fewest=FEWEST_CLOSED))
        return self.sentences(first, self.say("risk.old", n=old, old=count(old), judged=count(judged)))

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        mark, name = LIGHTS[row["light"]], known(language, f"light.{row['light']}") or row["light"]
        over = row["stall_days"]
        return [
            self.matter_name(row),
            Html(f'<span class="light" style="color:var(--{mark.tone})">{mark.glyph}</span> {esc(name)}'),
            self._holder(row),
            known(language, f"level.{row['level']}") or NONE,
            (day(row["arrived_on"], language, year=False), row["arrived_on"]),
            (count(row["held_days"]), row["held_days"]),
            (self._allowed(row), row["allowed_days"]),
            (count(over) if over else NONE if over is None else "0", over),
            (count(row["open_days"]), row["open_days"]),
            self._kind(row),
        ]

    def _holder(self, row: dict[str, Any]) -> Html:
        if row["hop_no"] is None:
            return Html(self.say("body.none"))
        none = row["holder_id"] or self.say("body.none")
        name = self.body_name(row | {"unit_id": row["holder_unit_id"]}, none, "holder_name")
        tag = f' <span class="tag">{self.say("body.partner")}</span>' if row["is_partner"] else ""
        return Html(f"{name}{tag}")

    def _allowed(self, row: dict[str, Any]) -> str:
        if row["allowed_days"] is None:
            return NONE
        return self.say(f"risk.allowed.{row['allowed_kind'] or 'calendar'}", days=count(row["allowed_days"]))

    def _kind(self, row: dict[str, Any]) -> Html:
        if row["kind_basis"] is None:
            return Html(self.say("risk.kind.few", n=row["kind_closed"], closed=count(row["kind_closed"])))
        language = self.look.language
        urgency = known(language, f"urgency.{row['urgency']}") or row["urgency"]
        source = known(language, f"source.{row['source']}") or row["source"]
        kind = urgency if row["kind_basis"] == "urgency" else f"{source}, {urgency}"
        key = "risk.kind.old" if row["is_beyond_kind"] else "risk.kind.usual"
        said = esc(self.say(key, days=count(row["kind_days"]), kind=kind, n=row["kind_closed"]))
        return Html(f'<b class="bad">\u25bc {said}</b>' if row["is_beyond_kind"] else said)
