"""With which bodies the matters lay longer than allowed."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, Html, click, grid
from dashboards.text import known
from dashboards.view import View
from queries.matters import FEWEST_MATTERS
from queries.stuck import holders

SHOWN = 8
COUNTED = ("matters", "hops", "returns", "held_days", "stall_days")


class StallHolders(View):
    """One row per body, the most days of stall first; partners are never among them."""

    view = "stall_holders"
    shape = "card wide"
    indicator = "stall_days"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """One row per body and level."""
        return self.store.answers.listing(holders)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table; a body's button picks the matters that stalled with it."""
        title = self.say("held.title")
        ranked = answer.filter(~pl.col("is_partner"), pl.col("stall_days") > 0)
        if answer.is_empty():
            return self.nothing(title, self.say("stall.nothing"))
        heads = [self.say(f"held.head.{head}") for head in ("body", "level", *COUNTED, "share")]
        table = grid(heads, [self._line(row) for row in ranked.head(SHOWN).to_dicts()]) if ranked.height else ""
        return {"html": self.head(title, self._finding(ranked), self._legend(answer, ranked)) + table}

    def _finding(self, ranked: pl.DataFrame) -> str:
        if ranked.is_empty():
            return self.say("stall.none")
        most = ranked.row(0, named=True)
        if not most["is_named"]:
            return self.say("held.few", fewest=FEWEST_MATTERS)
        counts = {name: count(most[name]) for name in ("matters", "stall_days")}
        return self.say("held.say", body=esc(self._name(most)), share=percent(most["share"], 0), **counts)

    def _legend(self, answer: pl.DataFrame, ranked: pl.DataFrame) -> str:
        partners = answer.filter("is_partner")
        said = [
            self.say("held.legend", n=count(min(SHOWN, ranked.height)), all=count(ranked.height), fewest=FEWEST_MATTERS)
        ]
        if partners.height:
            held = {name: count(partners[name].sum()) for name in ("matters", "held_days")}
            said.append(self.say("held.partners", n=partners["matters"].sum(), **held))
        return " · ".join(said)

    def _name(self, row: dict[str, Any]) -> str:
        return row[f"body_name_{self.look.language}"] or row["body_id"] or self.say("body.none")

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        name = self.body_name(row, self._name(row))
        mark = f" <b>\u25bc {self.say('stall.here')}</b>" if row["is_named"] else ""
        return [
            Html(f'<span class="named">{name}{self._pick(row)}{mark}</span>'),
            known(self.look.language, f"level.{row['level']}") or self.say("level.none"),
            *((count(row[name]), row[name]) for name in COUNTED),
            (percent(row["share"], 0), row["share"]),
        ]

    def _pick(self, row: dict[str, Any]) -> str:
        if not row["body_id"]:
            return ""
        pressed = str(self.store.picks.get("holder") == row["body_id"]).lower()
        words = esc(self.say("register.only", name=self._name(row)))
        told = click({"pick": {"holder": row["body_id"]}})
        return f'<button class="pick" {told} aria-pressed="{pressed}" aria-label="{words}">\u25ce</button>'
