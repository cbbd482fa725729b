"""The page's first sentence, made from the data, and what is new since the snapshot before."""

from typing import Any

from dashboards.formats import count, day, percent, signed
from dashboards.standing import proven_below, proven_on
from dashboards.store import one
from dashboards.view import Answer


class Headline(Answer):
    """One sentence: how much is done, how much on time, who is behind beyond chance."""

    page = "overview"

    def answer(self) -> dict[str, Any]:
        """Completion and on-time rate for all, who is behind where all reports are in, the counts of before."""
        ask, before = self.store.ask, self.store.ask_before
        answers = self.store.answers
        known = answers.settled and answers.settled.limits("on_time_rate").height
        return {
            "done": one(ask("completion_rate")),
            "on_time": one(ask("on_time_rate")),
            "judged": known,
            "behind": proven_below(answers, "on_time_rate"),
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
        return self.sentences(first, self._behind(answer)), self.sentences(*lines)

    def _behind(self, answer: dict[str, Any]) -> str:
        if answer["judged"] is None:
            return self.say("headline.early")
        if answer["judged"] < 2:
            return self.say("headline.few")
        until = proven_on(self.store.answers)
        key = "headline.behind" if until is None else "headline.behind.until"
        told = self.of_groups(key, answer["behind"], day=day(until, self.look.language, year=False))
        return told or self.say("headline.together")

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
