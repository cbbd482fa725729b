"""How far this week moves the headline figures, and why: old events learnt late or restated, or new events."""

from typing import Any

import polars as pl

from dashboards.formats import change, esc, measure
from dashboards.markup import card, table
from dashboards.view import DeskView
from queries import indicator
from queries.moves import HEADLINE

COLUMNS = ("before", "by_old", "by_new", "now")


class Moves(DeskView):
    """One row per headline indicator, its groups below."""

    view = "moves"

    def answer(self) -> pl.DataFrame | None:
        """One row per indicator and group, as queries.moves; None when there is nothing to compare."""
        return self.desk.work.moved

    def patch(self, answer: pl.DataFrame | None) -> dict[str, Any]:
        """A table for the county, one to open for each indicator's groups."""
        if answer is None:
            return {"html": card(self.say("moves.title"), self.say("moves.none")), "empty": True}
        whole = answer.filter(pl.col("group_id").is_null())
        moved = whole.filter((pl.col("now") != pl.col("before")).fill_null(True)).height
        head = card(self.say("moves.title"), self.say("moves.say", n=moved, all=whole.height), self.say("moves.legend"))
        lines = "".join(self._line(self._title(row["indicator"]), row) for row in whole.to_dicts())
        groups = ""
        for name in HEADLINE:
            rows = answer.filter(pl.col("indicator") == name, pl.col("group_id").is_not_null())
            inner = "".join(self._line(esc(row["group_id"]), row) for row in rows.to_dicts())
            words = self.say("moves.groups", title=self._title(name))
            opened = table(self._heads("moves.group"), inner)
            groups += f'<details data-key="moves-{name}"><summary>{words}</summary>{opened}</details>'
        return {"html": head + table(self._heads("moves.indicator"), lines) + groups}

    def _title(self, name: str) -> str:
        return esc(getattr(indicator(name), f"title_{self.look.language}"))

    def _heads(self, first: str) -> str:
        return f"<th>{self.say(first)}</th>" + "".join(
            f"<th class=number>{self.say(f'moves.{name}')}</th>" for name in COLUMNS
        )

    def _line(self, name: str, row: dict[str, Any]) -> str:
        unit = indicator(row["indicator"]).unit
        parts = [
            _value(row, "before", "before", unit),
            self._part(row, "before", "then_known_now", ("before", "then"), unit),
            self._part(row, "then_known_now", "now", ("then", "now"), unit),
            _value(row, "now", "now", unit),
        ]
        return f"<tr><td>{name}</td>" + "".join(f"<td class=number>{part}</td>" for part in parts) + "</tr>"

    def _part(self, row: dict[str, Any], start: str, end: str, times: tuple[str, str], unit: str) -> str:
        moved = change(row[end], row[start], unit, self.say("points")) or "–"
        counts = [
            _signed((row[f"{part}_{times[1]}"] or 0) - (row[f"{part}_{times[0]}"] or 0))
            for part in ("numerator", "denominator")
        ]
        return f'{moved}<br><span class="legend">{" / ".join(counts)}</span>'


def _value(row: dict[str, Any], column: str, time: str, unit: str) -> str:
    counts = " / ".join(_number(row[f"{part}_{time}"]) for part in ("numerator", "denominator"))
    return f'<b>{measure(row[column], unit)}</b><br><span class="legend">{counts}</span>'


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _signed(value: float) -> str:
    return "±0" if value == 0 else ("+" if value > 0 else "−") + _number(abs(value))
