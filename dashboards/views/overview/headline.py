"""The page's first sentence, made from the data, and what is new since the snapshot before."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, names, percent, signed
from dashboards.store import one
from dashboards.view import Answer


class Headline(Answer):
    """One sentence: how much is done, how much on time, who is behind beyond chance."""

    page = "overview"

    def answer(self) -> dict[str, Any]:
        """Completion and on-time rate for all, the groups judged where all reports are in, the counts of before."""
        ask, before = self.store.ask, self.store.ask_before
        settled = self.store.answers.settled
        return {
            "done": one(ask("completion_rate")),
            "on_time": one(ask("on_time_rate")),
            "settled": settled,
            "groups": None if settled is None else settled.limits("on_time_rate"),
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
        return f"{first}{gap}{self._behind(answer)}", gap.join(lines)

    def _behind(self, answer: dict[str, Any]) -> str:
        groups: pl.DataFrame | None = answer["groups"]
        if groups is None:
            return self.say("headline.early")
        if groups.filter(pl.col("denominator") > 0).height < 2:
            return self.say("headline.few")
        behind = sorted(groups.filter(pl.col("flag") == "below")["group_id"].to_list())
        if not behind:
            return self.say("headline.together")
        until = answer["settled"].selection.events_until
        key = "headline.behind" if answer["settled"] is self.store.answers else "headline.behind.until"
        listed = names(map(esc, behind), self.look.language)
        return self.say(key, groups=listed, n=len(behind), day=day(until, self.look.language, year=False))

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
