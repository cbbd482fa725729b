"""The page's first sentence, made from the data, and what is new since the snapshot before."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, names, percent, signed
from dashboards.store import one
from dashboards.view import Answer
from queries.statistics import control_limits


class Headline(Answer):
    """One sentence: how much is done, how much on time, who is behind beyond chance."""

    page = "overview"

    def answer(self) -> dict[str, Any]:
        """Completion and on-time rate for all, the groups outside the limits, the counts of the snapshot before."""
        ask, before = self.store.ask, self.store.ask_before
        flagged = control_limits(ask("on_time_rate", "group"))
        return {
            "done": one(ask("completion_rate")),
            "on_time": one(ask("on_time_rate")),
            "groups": flagged,
            "visits": one(ask("visits_per_unit")),
            "reports": one(ask("report_timeliness")),
            "before": {name: one(before(name)) for name in ("completion_rate", "visits_per_unit", "report_timeliness")},
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """What is done and who is behind; what is new and how far the figures are complete."""
        done, language = answer["done"], self.look.language
        if not done.get("denominator"):
            return self.say("headline.none"), ""
        first = self.say(
            "headline",
            rate=percent(done["value"]),
            due=count(done["denominator"]),
            on_time=percent(answer["on_time"]["value"]),
        )
        lines = [self._since(answer)]
        if done["maturity"] == "immature":
            lines.append(self.say("headline.immature", day=day(self.store.answers.mature_until(), language)))
        gap = "" if language == "zh" else " "
        return f"{first}{gap}{self._behind(answer['groups'])}", gap.join(lines)

    def _behind(self, groups: pl.DataFrame) -> str:
        if groups.height < 2:
            return self.say("headline.few")
        below = groups.filter(pl.col("flag") == "below")
        behind = below.filter(pl.col("maturity") == "mature")["group_id"].to_list()
        if behind:
            return self.say("headline.behind", groups=names(map(esc, behind), self.look.language), n=len(behind))
        return self.say("headline.together" if below.is_empty() else "headline.early")

    def _since(self, answer: dict[str, Any]) -> str:
        before = answer["before"]
        if self.store.previous is None or not all(before.values()):
            return self.say("change.none")
        new = {
            "done": answer["done"]["numerator"] - before["completion_rate"]["numerator"],
            "visits": answer["visits"]["numerator"] - before["visits_per_unit"]["numerator"],
            "reports": answer["reports"]["denominator"] - before["report_timeliness"]["denominator"],
        }
        since = day(self.store.previous.known_on, self.look.language)
        return self.say("headline.since", day=since, **{key: signed(value) for key, value in new.items()})
