"""Found, mended, stayed mended: the state of all problems in one sentence."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, percent
from dashboards.standing import proven_below
from dashboards.store import one
from dashboards.view import Answer
from queries import problems


class ProblemsVerdict(Answer):
    """How many were found, verified closed and came back, how many are open; who closes fewer than chance allows."""

    page = "problems"

    def answer(self) -> dict[str, Any]:
        """The problems, the due ones for all and by group up to the day all reports are in, those closed in time."""
        return {
            "problems": self.store.answers.listing(problems),
            "behind": proven_below(self.store.answers, "rectification_rate"),
            "due": one(self.store.ask("rectification_rate")),
            "on_time": one(self.store.ask("rectification_on_time")),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """What became of the problems, and the groups behind; the due ones, and how far the figures are complete."""
        found: pl.DataFrame = answer["problems"]
        if found.is_empty():
            return self.say("mended.none"), ""
        closed = pl.col("first_closed_on").is_not_null()
        came_back = pl.col("reopened_on").is_not_null() | pl.col("recurred_on").is_not_null()
        still_open = pl.col("closed_on").is_null()
        counts = {"closed": closed, "back": came_back, "open": still_open, "waiting": pl.col("is_claimed")}
        numbers = {name: found.filter(which).height for name, which in counts.items()}
        said = "mended.unclosed" if not numbers["closed"] else "mended" if numbers["open"] else "mended.whole"
        told = {name: count(number) for name, number in numbers.items()}
        first = self.say(said, n=found.height, found=count(found.height), **told)
        lines = [self._due(answer["due"], answer["on_time"])]
        if found["is_immature"].any():
            until = day(self.store.answers.mature_until(), self.look.language)
            lines.append(self.say("headline.immature", day=until))
        return self.sentences(first, self.of_groups("mended.behind", answer["behind"])), self.sentences(*lines)

    def _due(self, due: dict[str, Any], on_time: dict[str, Any]) -> str:
        if not due.get("denominator"):
            return self.say("mended.due.none")
        return self.say(
            "mended.due",
            n=due["denominator"],
            due=count(due["denominator"]),
            closed=percent(due["value"]),
            on_time=percent(on_time["value"]),
        )
