"""Every unit and every week: visited, not visited, or not all reported yet."""

from typing import Any, Final

import polars as pl

from dashboards.formats import count, esc
from dashboards.markup import cells, click
from dashboards.view import View

MARKS: Final = {"v": ("\u25a0", "accent", "visited"), "n": ("\u25cb", "bad", "not"), "q": ("?", "muted", "open")}
"""By letter: glyph, role of the colour, and the message that says it."""

MOST_IN_BLOCKS: Final = 10
"""With more weeks than this the groups stand in one table, with fewer each in a block of its own."""


class UnitWeeks(View):
    """Units by full weeks, units of a group together, the one with the longest silence first."""

    view = "unit-weeks"
    shape = "card wide"
    indicator = "weekly_coverage"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """One row per unit with its weeks and their letters, its longest gap in days, and its visits."""
        rows = self.store.answers.rows(self.indicator)
        visited, open_still = pl.col("numerator") > 0, pl.col("is_immature")
        letter = pl.when(visited).then(pl.lit("v")).when(open_still).then(pl.lit("q")).otherwise(pl.lit("n"))
        gaps = (
            self.store.answers.rows("longest_gap")
            .group_by("unit_id")
            .agg(gap=pl.col("days_without_visit").max(), visits=pl.col("count_visits").sum())
        )
        return (
            rows.with_columns(letter=letter)
            .group_by("group_id", "unit_id", maintain_order=True)
            .agg(pl.col("^unit_name_.*$").first(), "week", "letter", pl.col("count_visits").sum().alias("counted"))
            .join(gaps, on="unit_id", how="left")
            .sort("gap", "unit_id", descending=[True, False])
        )

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """The key with its counts, and the table."""
        title = self.say("unitweeks.title")
        if answer.is_empty():
            return self.nothing(title, self.say("trend.none"))
        weeks = sorted({week for listed in answer["week"].to_list() for week in listed})
        letters = answer["letter"].explode()
        counts = {letter: int((letters == letter).sum()) for letter in MARKS}
        finding = self.say(
            "unitweeks.say",
            visited=count(counts["v"]),
            of=count(letters.len()),
        )
        if never := answer.filter(pl.col("visits") == 0).height:
            finding = self.sentences(finding, self.say("silences.never", n=never))
        key = "".join(
            f'<span class="key"><span class="tone-{tone}">{glyph}</span> {self.say(f"unitweeks.{name}")}'
            f" <b>{count(counts[letter])}</b></span>"
            for letter, (glyph, tone, name) in MARKS.items()
            if counts[letter]
        )
        words = {letter: (glyph, tone, self.say(f"unitweeks.{name}")) for letter, (glyph, tone, name) in MARKS.items()}
        html = self.head(title, finding, key + self.say("unitweeks.legend"))
        heads, lines = self._heads(weeks), self._lines(answer, weeks)
        if len(weeks) > MOST_IN_BLOCKS:
            return {"html": html + cells(heads, "".join(lines), words)}
        blocks = "".join(cells(heads, line, words) for line in lines)
        return {"html": f'{html}<div class="blocks">{blocks}</div>'}

    def _heads(self, weeks: list[int]) -> str:
        titles = "".join(f'<th scope="col">{self.say(f"unitweeks.{head}")}</th>' for head in ("unit", "gap"))
        return titles + "".join(
            f'<th scope="col" class="flat" data-name="{week}" data-title="{esc(self.say("week.long", week=week))}">'
            f'<button {click({"week": week})} title="{esc(self.say("week.long", week=week))}">{week}</button></th>'
            for week in weeks
        )

    def _lines(self, frame: pl.DataFrame, weeks: list[int]) -> list[str]:
        """The lines of each group, its own line first."""
        grouped = frame.partition_by("group_id", as_dict=True)
        made = []
        for group in (*self.store.source.extent.groups, None):
            members = grouped.get((group,))
            if members is None:
                continue
            said = self.say("unitweeks.group", n=members.height, gap=count(members["gap"].max()))
            lines = [
                f'<tr class="block"><th scope="colgroup" colspan="{len(weeks) + 2}">'
                f"{self.group_name(group)} {said}</th></tr>"
            ]
            for unit in members.iter_rows(named=True):
                known = dict(zip(unit["week"], unit["letter"], strict=True))
                line = "".join(known.get(week, " ") for week in weeks)
                lines.append(
                    f'<tr data-name="{esc(unit["unit_id"])}" data-cells="{line}">'
                    f'<th scope="row">{self.unit_name(unit, "unit_name")}</th><td>{count(unit["gap"])}</td></tr>'
                )
            made.append("".join(lines))
        return made
