"""All units of the selection in one table; a name opens the unit's own page."""

from typing import Any

from dashboards.formats import count, esc, percent
from dashboards.markup import table
from dashboards.text import known
from dashboards.view import View

COLUMNS = ("unit", "group", "type", "completion", "on_time", "visits", "coverage", "latency", "missing")
TEXT = ("unit", "group", "type")
VALUES = {
    "completion": "completion_rate",
    "on_time": "on_time_rate",
    "coverage": "weekly_coverage",
    "latency": "event_to_report_latency",
}


class Units(View):
    """One row per unit, the lowest completion first; every column sorts."""

    view = "units"
    shape = "card wide"
    tools = ("csv",)

    def answer(self) -> list[dict[str, Any]]:
        """One row per unit of the selection with its values and counts, the lowest completion first."""
        values = {column: self._column(name, "value") for column, name in VALUES.items()}
        values["visits"] = self._column("visits_per_unit", "numerator")
        values["missing"] = self._column("completion_rate", "n_missing")
        rows = [
            unit | {column: found.get(unit["unit_id"]) for column, found in values.items()}
            for unit in self.store.every_unit().iter_rows(named=True)
            if unit["unit_id"] in values["visits"]
        ]
        return sorted(rows, key=lambda row: (_last(row["completion"]), _last(row["on_time"]), row["unit_id"]))

    def _column(self, name: str, column: str) -> dict[str, Any]:
        frame = self.store.ask(name, "unit")
        return dict(zip(frame["unit_id"].to_list(), frame[column].to_list(), strict=True))

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """The table, or a sentence when no unit fits."""
        if not answer:
            return self.nothing(self.say("units.title"), self.say("empty"))
        heads = "".join(
            f'<th scope="col" tabindex="0" data-sort="{column}"{"" if column in TEXT else " class=number"}>'
            f"{self.say(f'units.{column}')}</th>"
            for column in COLUMNS
        )
        body = "".join(self._row(row) for row in answer)
        head = self.head(self.say("units.title"), self.say("units.say", n=len(answer)))
        return {"html": head + table(heads, body)}

    def _row(self, row: dict[str, Any]) -> str:
        kind = known(self.look.language, f"type.{row['unit_type']}") or row["unit_type"]
        cells = [
            f"<td>{self.unit_name(row)}</td>",
            f"<td>{self.group_name(row['group_id'])}</td>",
            f"<td>{esc(kind)}</td>",
            self._bar(row["completion"]),
            self._bar(row["on_time"]),
            _number(row["visits"], count(row["visits"])),
            _number(row["coverage"], percent(row["coverage"], 0)),
            _number(row["latency"], count(row["latency"])),
            _number(row["missing"], count(row["missing"])),
        ]
        return "<tr>" + "".join(cells) + "</tr>"

    def _bar(self, share: float | None) -> str:
        width = 0 if share is None else share * 100
        key = "" if share is None else f"{share:.6f}"
        bar = f'<span class="bar" style="--share:{width:.1f}%">{percent(share)}</span>'
        return f'<td class="number" data-key="{key}">{bar}</td>'


def _number(value: float | None, shown: str) -> str:
    return f'<td class="number" data-key="{"" if value is None else value}">{shown}</td>'


def _last(share: float | None) -> float:
    """A share for sorting; units without one come last."""
    return 2.0 if share is None else share
