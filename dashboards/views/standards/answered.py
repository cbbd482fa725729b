"""The page's answer: which of the four standards holds, and where one does not."""

from typing import Any, Final

import polars as pl

from dashboards.formats import count, day, esc, names, percent
from dashboards.standing import proven_below
from dashboards.store import one
from dashboards.view import Answer
from queries.statistics import mean_interval

SHARES: Final = {
    "time": "on_time_rate",
    "steps": "order_conformance",
    "content": "content_coverage",
    "quality": "quality_pass_share",
}
"""The four standards, and the share by which the groups are compared in each."""

WIDE_GAP: Final = 10
FEWEST_PAIRS: Final = 5


class FourStandards(Answer):
    """Where time was delayed, steps altered, content omitted or standards lowered, beyond chance and fully reported."""

    page = "standards"

    def answer(self) -> dict[str, Any]:
        """The figures for all; the groups below the limits up to the day that is fully reported, and that day."""
        settled = self.store.answers.settled
        gaps = self.store.answers.rows("quality_score_gap").filter(pl.col("denominator") > 0)
        wide = mean_interval(gaps, "group_id", "numerator").filter(
            (pl.col("n") >= FEWEST_PAIRS) & (pl.col("mean") > WIDE_GAP)
        )
        return {
            "all": {key: one(self.store.ask(share)) for key, share in SHARES.items()},
            "groups": max(
                self.store.ask(share, "group").filter(pl.col("denominator") > 0).height for share in SHARES.values()
            ),
            "below": {key: proven_below(self.store.answers, share) for key, share in SHARES.items()},
            "until": settled and settled.selection.events_until,
            "wide": wide.to_dicts(),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """What does not hold and where; the figures for all, the day judged by, marks not to be trusted."""
        if not any(row.get("denominator") for row in answer["all"].values()):
            return self.say("headline.none"), ""
        language, figures = self.look.language, answer["all"]
        lines = [
            self.say(
                f"standards.{key}.all", rate=percent(row["value"]), n=row["denominator"], of=count(row["denominator"])
            )
            for key, row in figures.items()
            if row.get("denominator")
        ]
        second = [self.say("standards.all", parts=("；" if language == "zh" else "; ").join(lines))]
        if answer["until"] and answer["groups"] > 1:
            second.append(self.say("standards.until", day=day(answer["until"], language)))
        second += [
            self.say("standards.wide", group=esc(row["group_id"]), points=f"{row['mean']:.1f}", n=row["n"])
            for row in answer["wide"]
        ]
        return self._verdict(answer), self.sentences(*second)

    def _verdict(self, answer: dict[str, Any]) -> str:
        if answer["groups"] < 2:
            return self.say("headline.few")
        if answer["until"] is None:
            return self.say("headline.early")
        language = self.look.language
        told = [self.of_groups(f"standards.{key}.broken", groups) for key, groups in answer["below"].items()]
        broken = [said for said in told if said]
        if not broken:
            return self.say("standards.kept")
        kept = [self.say(f"standards.{key}.name") for key, groups in answer["below"].items() if not groups]
        first = ("；" if language == "zh" else "; ").join(broken)
        verdict = self.say("standards.broken", what=first[0].upper() + first[1:])
        rest = self.say("standards.rest", names=names(kept, language)) if kept else ""
        return self.sentences(verdict, rest)
