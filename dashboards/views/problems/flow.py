"""From found to closed and back: what is left at each step, with every way back drawn."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.formats import count, percent
from dashboards.markup import Cell, click, grid, key
from queries import problems

CLAIMED = pl.col("claimed_on").is_not_null() | pl.col("first_closed_on").is_not_null()
CLOSED = pl.col("first_closed_on").is_not_null()
RETURNED = CLOSED & (pl.col("reopened_on").is_not_null() | pl.col("recurred_on").is_not_null())
STANDS = pl.col("closed_on").is_not_null()
LONG = pl.col("term") == "long_term"
STEPS = {
    "found": (pl.lit(True), {"limited": ~LONG, "long_term": LONG}),
    "claimed": (
        CLAIMED,
        {"verified": CLOSED, "waiting": ~CLOSED & pl.col("is_claimed"), "refused": ~CLOSED & ~pl.col("is_claimed")},
    ),
    "closed": (CLOSED, {"held": ~RETURNED, "returned": RETURNED}),
    "returned": (RETURNED, {"closed_again": STANDS, "open_again": ~STANDS}),
}
"""Per step: which problems came so far, and its parts."""


class ProblemFlow(StackChart):
    """Found, claimed done, verified closed, come back: a bar each, from zero, with what became of them."""

    view = "flow"
    indicator = "recurrence_rate"
    height = 240
    usual_rows = 4
    usual_rows = 4

    def answer(self) -> pl.DataFrame:
        """One row per problem found in the selection."""
        return self.store.answers.listing(problems)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """Four bars; their buttons choose what the list below holds."""
        title = self.say("flow.title")
        if answer.is_empty():
            return self.nothing(title, self.say("mended.none"))
        counted = {step: answer.filter(came).height for step, (came, _) in STEPS.items()}
        waiting = answer.filter(pl.col("is_claimed")).height
        finding = self.say("flow.say", n=waiting, waiting=count(waiting), claimed=count(counted["claimed"]))
        if counted["closed"]:
            back = {"back": count(counted["returned"]), "closed": count(counted["closed"])}
            finding = self.sentences(finding, self.say("flow.back", **back))
        pieces = [piece for step in STEPS for piece in self._pieces(step, answer)]
        rows = [(step, self.say(f"flow.{step}")) for step in STEPS]
        right = [self._right(counted[step], answer.height) for step in STEPS]
        used = [(tone, self.say(f"flow.part.{part}")) for part, tone, _ in self._parts() if self._any(part, answer)]
        html = self.head(title, finding, f"{key(used)}<br>{self.say('flow.legend', n=count(answer.height))}")
        return {
            "html": html + self._buttons(counted),
            "figure": self.figure(pieces, rows, days_axis(answer.height), right),
        }

    def _right(self, n: int, found: int) -> str:
        return f"{count(n)} · {percent(n / found, 0)}"

    def _pieces(self, step: str, found: pl.DataFrame) -> list[Piece]:
        came, parts = STEPS[step]
        own, tones = found.filter(came), {part: (tone, ink) for part, tone, ink in self._parts()}
        made = []
        for part, which in parts.items():
            n = own.filter(which).height
            share = percent(n / own.height if own.height else None, 0)
            words = f"{self.say(f'flow.{step}')} · {self.say(f'flow.part.{part}')}: {count(n)} ({share})"
            made.append(Piece(step, n, count(n), words, *tones[part]))
        return made

    def _any(self, part: str, found: pl.DataFrame) -> bool:
        return any(not found.filter(came & parts[part]).is_empty() for came, parts in STEPS.values() if part in parts)

    def _parts(self) -> list[tuple[str, str, str]]:
        """Every part with its colour and that of the text on it."""
        steps, colours = self.look.sequence, self.look.colours
        light, dark = colours["on-accent"], colours["ink"]
        return [
            ("limited", steps[3], light),
            ("long_term", steps[1], dark),
            ("verified", steps[5], light),
            ("waiting", colours["late"], light),
            ("refused", colours["bad-soft"], dark),
            ("held", colours["good"], light),
            ("returned", colours["bad"], light),
            ("closed_again", colours["good-soft"], dark),
            ("open_again", colours["idle"], dark),
        ]

    def _buttons(self, counted: dict[str, int]) -> str:
        picked = self.store.picks.get("state", "")
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(step == picked).lower()}" {click({"pick": {"state": step}})}>'
            f"{self.say(f'flow.{step}')} {count(n)}</button>"
            for step, n in counted.items()
        )
        return f'<div class="chips" role="group" aria-label="{self.say("flow.list")}">{buttons}</div>'

    def twin(self, answer: pl.DataFrame) -> str:
        """One row per step and part."""
        heads = [self.say(f"flow.head.{head}") for head in ("step", "part", "n", "share")]
        lines: list[list[Cell]] = []
        for step, (came, parts) in STEPS.items():
            own = answer.filter(came)
            lines.append([self.say(f"flow.{step}"), self.say("flow.all"), *_counts(own.height, answer.height)])
            for part, which in parts.items():
                n = own.filter(which).height
                lines.append([self.say(f"flow.{step}"), self.say(f"flow.part.{part}"), *_counts(n, answer.height)])
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A bar is a step: the list below shows the problems that came so far."""
        self.store.hear({"pick": {"state": name}})


def _counts(n: int, found: int) -> tuple[Cell, Cell]:
    return (count(n), n), (percent(n / found, 0), n / found)
