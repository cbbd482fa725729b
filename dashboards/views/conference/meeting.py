"""The pairs of inspections that meet in one unit, by either definition."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc, stretch
from dashboards.markup import Cell, Html, grid
from dashboards.text import known
from dashboards.view import View
from queries.inspections import meetings

SHOWN = 120


class MeetingPairs(View):
    """One row per pair: unit, both bodies with their days and themes, days apart, definition."""

    view = "meeting_pairs"
    shape = "card wide"
    indicator = "inspection_overlap"
    tools = ("csv", "png")
    shortened = True

    def answer(self) -> pl.DataFrame:
        """The pairs, the earliest first."""
        return self.store.answers.listing(meetings)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table, and how many of the pairs can still be moved."""
        title = self.say("meeting.title")
        if answer.is_empty():
            return self.nothing(title, self.say("meeting.none"))
        finding = self.say(
            "meeting.say",
            n=answer.height,
            units=self.say("meeting.units", n=answer["unit_id"].n_unique()),
            near=count(answer["is_near"].sum()),
            theme=count(answer["is_repeated"].sum()),
            ahead=count(answer.height - answer["is_begun"].sum()),
        )
        more = ' <span data-more="1"></span>' if answer.height > SHOWN else ""
        legend = self.say("meeting.legend", n=count(answer.height)) + more
        return {"html": self.head(title, finding, legend) + self._table(answer.head(SHOWN))}

    def twin(self, answer: pl.DataFrame) -> str:
        """All the pairs."""
        return self._table(answer)

    def _table(self, frame: pl.DataFrame) -> str:
        heads = [self.say(f"inspected.head.{name}") for name in ("unit", "group")]
        heads += [self.say(f"meeting.head.{name}") for name in ("one", "other", "apart", "by")]
        return grid(heads, [self._line(row) for row in frame.iter_rows(named=True)])

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        by = "both" if row["is_near"] and row["is_repeated"] else "near" if row["is_near"] else "theme"
        return [
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            self._side(row, "body", "theme_code", "inspection"),
            self._side(row, "other_body", "other_theme_code", "other"),
            (count(row["gap_days"]), row["gap_days"]),
            self.say(f"meeting.{by}"),
        ]

    def _side(self, row: dict[str, Any], body: str, theme: str, ends: str) -> Html:
        language = self.look.language
        days = stretch(row[f"{ends}_from"], row[f"{ends}_to"], language)
        name = row[f"{body}_name_{language}"] or row["inspection_id" if ends == "inspection" else "other_inspection_id"]
        about = known(language, f"theme.{row[theme]}") or row[theme]
        return Html(f'{esc(name)}<br><span class="n">{days} · {esc(about)}</span>')
