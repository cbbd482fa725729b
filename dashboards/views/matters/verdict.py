"""What is stuck where, in one sentence."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, percent
from dashboards.register import OPEN, matters
from dashboards.store import one
from dashboards.text import known
from dashboards.view import Answer
from queries.matters import FEWEST_MATTERS, bottleneck


class MattersVerdict(Answer):
    """How many matters are open and overdue, and the level where most of the stall lies, if it may be named."""

    page = "matters"

    def answer(self) -> dict[str, Any]:
        """The matters counted by how they stand; the stall by level; what was due."""
        found = matters(self.store)
        return {
            "all": found.height,
            "open": found.filter(OPEN).height,
            "overdue": found.filter(pl.col("light") == "red").height,
            "closed": found.filter(pl.col("end") == "closed").height,
            "late": found.filter(pl.col("light") == "done_late").height,
            "cancelled": found.filter(pl.col("end") == "cancelled").height,
            "levels": self.store.answers.listing(bottleneck),
            **{name: one(self.store.ask(name)) for name in ("matter_on_time", "matter_on_time_original")},
            "empty": one(self.store.ask("empty_shot_share")),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """Open, overdue and where; then what is closed and what came of what was due."""
        if not answer["all"]:
            return self.say("stuck.none"), ""
        return self._first(answer), self.sentences(self._ended(answer), self._due(answer), self._weeks())

    def _first(self, answer: dict[str, Any]) -> str:
        n, overdue = answer["open"], answer["overdue"]
        if not n:
            said = self.say("stuck.closed", n=answer["all"], all=count(answer["all"]))
        else:
            key = "stuck.open" if overdue else "stuck.open.timely"
            said = self.say(key, n=n, open=count(n), overdue=count(overdue))
        return said + self._where(answer["levels"])

    def _where(self, levels: pl.DataFrame) -> str:
        if levels.is_empty():
            return self.say("stuck.where.quiet")
        if not levels["stall_days"].sum():
            return self.say("stuck.where.none")
        most = levels.sort("stall_days", descending=True, maintain_order=True).row(0, named=True)
        if not most["is_bottleneck"]:
            return self.say("stuck.where.few", fewest=FEWEST_MATTERS)
        name = known(self.look.language, f"level.{most['level']}")
        return self.say("stuck.where", level=name or self.say("level.none"), share=percent(most["share"], 0))

    def _ended(self, answer: dict[str, Any]) -> str:
        counts = {name: count(answer[name]) for name in ("all", "closed", "late", "cancelled")}
        if not answer["closed"] and not answer["cancelled"]:
            return self.say("stuck.ended.none", n=answer["all"], **counts)
        return self.say("stuck.ended.cancelled" if answer["cancelled"] else "stuck.ended", n=answer["all"], **counts)

    def _due(self, answer: dict[str, Any]) -> str:
        due = answer["matter_on_time"].get("denominator")
        if not due:
            return self.say("stuck.due.none")
        return self.say(
            "stuck.due",
            n=due,
            due=count(due),
            in_force=count(answer["matter_on_time"]["numerator"]),
            original=count(answer["matter_on_time_original"]["numerator"]),
            empty=count(answer["empty"]["numerator"]),
        )

    def _weeks(self) -> str:
        """What chosen weeks mean for matters, where weeks are chosen."""
        if self.store.selection.period is None:
            return ""
        first, last = self.store.weeks
        until = day(self.store.events_until, self.look.language, year=False)
        return self.say("stuck.weeks" if first < last else "stuck.week", first=first, last=last, day=until)
