"""Are the groups further apart than chance would have them, and who is behind: the page in one sentence."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboards import address
from dashboards.answers import Answers
from dashboards.formats import count, day, esc, percent
from dashboards.markup import click
from dashboards.standing import compared, spread, standing
from dashboards.view import Answer


class LineUpVerdict(Answer):
    """The balance of the groups in the share compared. Nobody is named by reports that are still coming in."""

    page = "lineup"

    def answer(self) -> dict[str, Any]:
        """The groups and their spread now, and the same up to the day on which all reports are in."""
        share, answers = compared(self.store).name, self.store.answers
        now, then = _judged(answers, share), None
        if (now["groups"]["maturity"] == "immature").any() and answers.settled is not None:
            then = _judged(answers.settled, share)
        judged = then if then and then["groups"].height > 1 else now
        judged["spread"] = spread(judged["answers"], share)
        return {"share": share, "now": now, "then": None if judged is now else judged}

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """The verdict where all reports are in, else the one of today with its reserve; what chance would do."""
        now, then, share = answer["now"], answer["then"], self.say(f"share.{answer['share']}")
        if now["groups"].is_empty():
            return self.say("lineup.none", share=share), ""
        if now["groups"].height == 1:
            row = now["groups"].row(0, named=True)
            group = row["group_id"]
            every = f"<button {click({'group': group})}>{self.say('lineup.every')}</button>"
            picked = self.store.groups == [group]
            return self.say("lineup.alone", share=share, **_facts(row), group=esc(group)), every if picked else ""
        why = f"<button {click({'why': 'group_balance'})}>{self.say('why')}</button>"
        if then is None:
            return self._verdict(now, share), f"{self._chance(now)} {why}"
        until = day(then["until"], self.look.language, year=False)
        first = self._verdict(then, self.say("lineup.until", share=share, day=until))
        rest = self.sentences(self.say("lineup.settled", day=until), self._today(now), self._chance(then))
        return first, f"{rest} {self._way(then)} · {why}"

    def _verdict(self, judged: dict[str, Any], share: str) -> str:
        found = judged["spread"]
        said = self.say(f"lineup.verdict.{found['verdict']}", share=share, range=_points(found["range_pp"]))
        return said + self._who(judged["groups"])

    def _who(self, groups: pl.DataFrame) -> str:
        for key, kind in (("lineup.who.behind", "proven"), ("lineup.who.early", "below")):
            if said := self.of_groups(key, groups.filter(pl.col(kind))["group_id"].to_list()):
                return said
        return self.say("lineup.who.few" if groups["flag"].null_count() == groups.height else "lineup.who.none")

    def _today(self, now: dict[str, Any]) -> str:
        wide = 100 * (now["groups"]["value"].max() - now["groups"]["value"].min())
        return self.say("lineup.today", range=_points(wide), day=day(now["until"], self.look.language, year=False))

    def _chance(self, judged: dict[str, Any]) -> str:
        """What chance would do, unless the range alone says otherwise than the test over all groups."""
        found = judged["spread"]
        if found["range_look_high"] is None:
            return ""
        beyond, told = found["range_pp"] > found["range_look_high"], found["verdict"] in ("unbalanced", "look")
        facts = {"pooled": percent(found["pooled"]), "n": count(judged["groups"]["denominator"].sum())}
        if beyond != told:
            return self.say("lineup.together_at", **facts)
        return self.say("lineup.chance", wide=_points(found["range_look_high"]), **facts)

    def _way(self, then: dict[str, Any]) -> str:
        """A button that selects the day up to which all reports are in."""
        chosen = replace(self.store.selection, events_until=then["until"], period=then["period"])
        query = address.write(chosen, newest=self.store.sources.newest_on, picks=self.store.picks)
        return f"<button {click({'query': query})}>{self.say('lineup.way')}</button>"


def _judged(answers: Answers, share: str) -> dict[str, Any]:
    chosen = answers.selection
    return {
        "answers": answers,
        "groups": standing(answers, share),
        "until": chosen.events_until or answers.source.known_on,
        "period": chosen.period,
    }


def _points(value: float) -> str:
    return f"{value:.1f}"


def _facts(row: dict[str, Any]) -> dict[str, str]:
    return {"value": percent(row["value"]), "part": count(row["numerator"]), "whole": count(row["denominator"])}
