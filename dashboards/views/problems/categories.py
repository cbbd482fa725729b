"""What the problems are about, and what became of them: the four winds and others."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Piece, StackChart, days_axis
from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, click, grid, key
from dashboards.text import known
from queries import problems

ORDER = ("formalism", "bureaucracy", "hedonism", "extravagance", "livelihood", "organisation", "other")
"""The four winds first, as they are named everywhere."""
MOSTS = "three_mosts"
LONG = pl.col("term") == "long_term"
OPEN = pl.col("closed_on").is_null()
PARTS = {
    "closed": ~OPEN,
    "waiting": OPEN & pl.col("is_claimed"),
    "open": OPEN & ~pl.col("is_claimed") & ~LONG,
    "long_open": OPEN & ~pl.col("is_claimed") & LONG,
}


class ByCategory(StackChart):
    """One bar per category: verified closed, claimed and waiting, open, open for the long term."""

    view = "categories"
    indicator = "rectification_rate"
    height = 350
    usual_rows = 8
    usual_rows = 8

    def answer(self) -> pl.DataFrame:
        """One row per category, and one for those tagged with the three mosts: found, and its parts."""
        found = self.store.answers.listing(problems)
        parts = {part: which.sum().cast(pl.Int64) for part, which in PARTS.items()}
        each = found.group_by("category").agg(found=pl.len().cast(pl.Int64), **parts)
        rank = pl.col("category").replace_strict({name: at for at, name in enumerate(ORDER)}, default=len(ORDER))
        tagged = found.filter("three_mosts").select(category=pl.lit(MOSTS), found=pl.len().cast(pl.Int64), **parts)
        return pl.concat([each.sort(rank, "category"), tagged.filter(pl.col("found") > 0)])

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Bars from zero; a category's bar or button narrows the list below."""
        title = self.say("categories.title")
        whole = answer.filter(pl.col("category") != MOSTS)
        if whole.is_empty():
            return self.nothing(title, self.say("mended.none"))
        n = whole["found"].sum()
        most = whole.sort("found", descending=True, maintain_order=True).row(0, named=True)
        winds = whole.filter(pl.col("category").is_in(ORDER[:4]))["found"].sum()
        finding = self.say(
            "categories.say",
            winds=percent(winds / n, 0),
            category=esc(self._named(most["category"])),
            found=count(most["found"]),
            open=count(most["found"] - most["closed"]),
        )
        tones = self._tones()
        marks = [(tones[part][0], self.say(f"categories.{part}")) for part in PARTS]
        legend = f"{key(marks)}<br>{self.say('categories.legend', n=count(n))}"
        pieces = [self._piece(row, part, tones[part]) for row in answer.iter_rows(named=True) for part in PARTS]
        rows = [
            (row["category"], f"{self._named(row['category'])}  {count(row['found'])}") for row in answer.to_dicts()
        ]
        right = [
            self.say("categories.right", share=percent(row["closed"] / row["found"], 0)) for row in answer.to_dicts()
        ]
        axis = days_axis(answer["found"].max())
        sparse = Axis(axis.start, axis.end, axis.ticks[::2], axis.labels[::2])
        figure = self.figure(pieces, rows, sparse, right)
        return {"html": self.head(title, finding, legend) + self._buttons(whole), "figure": figure}

    def _named(self, category: str) -> str:
        if category == MOSTS:
            return self.say("categories.mosts")
        return known(self.look.language, f"category.{category}") or category

    def _piece(self, row: dict[str, Any], part: str, tones: tuple[str, str]) -> Piece:
        whole = self.say("of", part=count(row[part]), whole=count(row["found"]))
        words = f"{self._named(row['category'])} · {self.say(f'categories.{part}')}: {whole}"
        return Piece(row["category"], row[part], count(row[part]), words, *tones)

    def _tones(self) -> dict[str, tuple[str, str]]:
        steps, colours = self.look.sequence, self.look.colours
        light, dark = colours["on-accent"], colours["ink"]
        return {
            "closed": (steps[5], light),
            "waiting": (colours["late"], light),
            "open": (colours["bad-soft"], dark),
            "long_open": (colours["idle"], dark),
        }

    def _buttons(self, whole: pl.DataFrame) -> str:
        picked = self.store.picks.get("category", "")
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(category == picked).lower()}" '
            f"{click({'pick': {'category': category}})}>{esc(self._named(category))}</button>"
            for category in whole["category"].to_list()
        )
        return f'<div class="chips" role="group" aria-label="{self.say("flow.list")}">{buttons}</div>'

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per category."""
        heads = [self.say("categories.head"), self.say("flow.found")]
        heads += [self.say(f"categories.{part}") for part in PARTS]
        lines: list[list[Cell]] = [
            [self._named(row["category"]), *((count(row[name]), row[name]) for name in ("found", *PARTS))]
            for row in answer.iter_rows(named=True)
        ]
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A bar is a category: the list below shows its problems; the three mosts are no category."""
        if name != MOSTS:
            self.store.hear({"pick": {"category": name}})
