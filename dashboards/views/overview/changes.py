"""What is new since the snapshot before: new events told apart from late news of old ones."""

from typing import Any

import polars as pl

from dashboards.formats import change, count, day, esc, measure, names, signed
from dashboards.markup import Cell, Html, click, grid
from dashboards.view import View
from queries import indicator

COUNTED = ("completion_rate", "on_time_rate", "visits_per_unit", "report_timeliness")


class Changes(View):
    """One line per figure: new events, late news and where it comes from; which weekly reports are not filed."""

    view = "changes"
    shape = "card wide"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The moves of the figures, all and by group; the reports that are due and not filed."""
        rows = self.store.answers.rows("report_timeliness")
        unfiled = rows.filter(pl.col("filed_at").is_null(), pl.col("reporter_kind") == "group")
        return {"moves": self.store.answers.moves(*COUNTED), "unfiled": unfiled}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A sentence on missing reports and a table."""
        moves: pl.DataFrame | None = answer["moves"]
        if moves is None or self.store.previous is None:
            return self.nothing(self.say("changes.title"), self.say("change.none"))
        of_all = moves.filter(pl.col("group_id").is_null(), pl.col("denominator_now") > 0)
        if of_all.is_empty():
            return self.nothing(self.say("changes.title"))
        since = day(self.store.previous.known_on, self.look.language, year=False)
        heads = ("figure", "before", "now", "moved", "new", "late", "from")
        table = grid(
            [self.say(f"changes.{head}", day=since) for head in heads],
            [self._line(row, moves) for row in of_all.iter_rows(named=True)],
        )
        head = self.head(self.say("changes.title.since", day=since), self._unfiled(answer["unfiled"]))
        return {"html": head + table}

    def _line(self, row: dict[str, Any], moves: pl.DataFrame) -> list[Cell]:
        name = row["indicator"]
        unit, points = indicator(name).unit, self.say("points")
        new = row["numerator_now"] - row["numerator_then"]
        late = row["numerator_then"] - row["numerator_before"] if row["numerator_before"] is not None else None
        return [
            Html(f"<button {click({'why': name})}>{self.say(f'kpi.{name}')}</button>"),
            (measure(row["before"], unit), row["before"]),
            (measure(row["now"], unit), row["now"]),
            (change(row["now"], row["before"], unit, points) or "\u2013", _difference(row["now"], row["before"])),
            (signed(new), new),
            ("\u2013" if late is None else signed(late), late),
            self._where(name, moves),
        ]

    def _where(self, name: str, moves: pl.DataFrame) -> Html:
        late = (pl.col("numerator_then") - pl.col("numerator_before")).alias("late")
        groups = moves.filter(pl.col("indicator") == name, pl.col("group_id").is_not_null()).with_columns(late)
        told = groups.filter(pl.col("late") > 0).sort("late", descending=True).head(3)
        listed = [f"{self.group_name(row['group_id'])}{signed(row['late'])}" for row in told.iter_rows(named=True)]
        return Html(" \u00b7 ".join(listed) or "\u2013")

    def _unfiled(self, unfiled: pl.DataFrame) -> str:
        if unfiled.is_empty():
            return self.say("changes.filed")
        groups = sorted(set(unfiled["reporter_id"].to_list()))
        listed = names(map(esc, groups), self.look.language)
        return self.say("changes.unfiled", n=unfiled.height, reports=count(unfiled.height), groups=listed)


def _difference(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before
