"""Past sessions of the joint conference: how many of their decisions were kept."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.formats import count, day, percent
from dashboards.markup import Cell, click, grid, key
from queries.conferences import OUTCOMES, decisions

OPEN = ("pending", "unknown", "replaced")


class Decided(StackChart):
    """One bar per session, the newest first; a session narrows the list."""

    view = "decided"
    shape = "card wide"
    height = 320
    usual_rows = 7

    def answer(self) -> pl.DataFrame:
        """One row per session: its day, its decisions, and what became of them."""
        each = self.store.answers.listing(decisions).group_by("conference_id", "held_on", maintain_order=True)
        counted = ((pl.col("outcome") == outcome).sum().cast(pl.Int64).alias(outcome) for outcome in OUTCOMES)
        return each.agg(*counted, n=pl.len().cast(pl.Int64))

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Bars from zero in the order kept, not yet, cannot be told, decided again, broken."""
        title = self.say("decided.title")
        if answer.is_empty():
            return self.nothing(title, self.say("decided.none"))
        n, rows, tones = answer["n"].sum(), answer.to_dicts(), self._tones()
        sums = {outcome: answer[outcome].sum() for outcome in OUTCOMES}
        finding = self.say(
            "decided.say",
            n=n,
            sessions=self.say("decided.sessions", n=answer.height),
            kept=count(sums["kept"]),
            broken=count(sums["broken"]),
            open=count(sum(sums[outcome] for outcome in OPEN)),
        )
        marks = [(tones[outcome][0], self.say(f"decided.{outcome}")) for outcome in OUTCOMES if sums[outcome]]
        legend = f"{key(marks)}<br>{self.say('decided.legend', n=count(n))}"
        pieces = [self._piece(row, outcome, tones[outcome]) for row in rows for outcome in OUTCOMES]
        named = [(row["conference_id"], day(row["held_on"], self.look.language, year=False)) for row in rows]
        right = [self.say("decided.right", share=percent(row["kept"] / row["n"], 0)) for row in rows]
        figure = self.figure(pieces, named, days_axis(answer["n"].max()), right)
        return {"html": self.head(title, finding, legend) + self._buttons(rows), "figure": figure}

    def _tones(self) -> dict[str, tuple[str, str]]:
        colours = self.look.colours
        return {
            "kept": (colours["accent"], colours["on-accent"]),
            "pending": (colours["idle"], colours["ink"]),
            "unknown": (colours["band"], colours["ink"]),
            "replaced": (self.look.sequence[1], colours["ink"]),
            "broken": (colours["bad"], colours["on-accent"]),
        }

    def _piece(self, row: dict[str, Any], outcome: str, tones: tuple[str, str]) -> Piece:
        told, glyph = self.say(f"decided.{outcome}"), self.say(f"decided.{outcome}")[0]
        whole = self.say("of", part=count(row[outcome]), whole=count(row["n"]))
        words = f"{day(row['held_on'], self.look.language)} · {told}: {whole}"
        return Piece(row["conference_id"], row[outcome], f"{glyph} {count(row[outcome])}", words, *tones)

    def _buttons(self, rows: list[dict[str, Any]]) -> str:
        picked = self.store.picks.get("session", "")
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(row["conference_id"] == picked).lower()}" '
            f"{click({'pick': {'session': row['conference_id']}})}>{day(row['held_on'], self.look.language)}</button>"
            for row in rows
        )
        return f'<div class="chips" role="group" aria-label="{self.say("decided.head.session")}">{buttons}</div>'

    def picked(self, name: str) -> None:
        """A bar is a session: the list below shows its decisions."""
        self.store.hear({"pick": {"session": name}})

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per session."""
        heads = [self.say("decided.head.session"), self.say("decided.head.n")]
        heads += [self.say(f"decided.{outcome}") for outcome in OUTCOMES]
        lines: list[list[Cell]] = [
            [
                (day(row["held_on"], self.look.language), row["held_on"]),
                *((count(row[name]), row[name]) for name in ("n", *OUTCOMES)),
            ]
            for row in answer.iter_rows(named=True)
        ]
        return grid(heads, lines)
