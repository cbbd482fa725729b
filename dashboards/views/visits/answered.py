"""The page's answer: how often each unit was visited, who fell silent, and for how long."""

from typing import Any, Final

import polars as pl

from dashboards.formats import count, day, esc, measure, names, percent
from dashboards.store import one
from dashboards.view import Answer

WORTH_TELLING: Final = 8
"""A silence of fewer days than this is no news."""


class DeepOrBurst(Answer):
    """Visits per unit, groups with a week of silence, the longest silence of a unit; of silence only what is proven."""

    page = "visits"

    def answer(self) -> dict[str, Any]:
        """The figures for all; groups with a fully reported week without a visit; the longest silence."""
        store = self.store
        weeks = store.ask("weekly_coverage", "group", "week").filter(pl.col("denominator") > 0)
        mature = dict(store.answers.maturity.select("group_id", "mature_until").iter_rows())
        until = pl.col("group_id").replace_strict(mature, default=None, return_dtype=pl.Date)
        proven = (pl.min_horizontal("gap_to", until) - pl.col("gap_from")).dt.total_days()
        gaps = store.answers.rows("longest_gap").with_columns(proven=proven.clip(0))
        silent = weeks.filter((pl.col("numerator") == 0) & (pl.col("maturity") == "mature"))
        return {
            "visits": one(store.ask("visits_per_unit")),
            "coverage": one(store.ask("weekly_coverage")),
            "silent": silent.group_by("group_id", maintain_order=True).len().rows(),
            "longest": one(
                gaps.sort("days_without_visit", "unit_id", "stay_from", descending=[True, False, False]).head(1)
            ),
            "never": gaps.filter(pl.col("count_visits") == 0).height,
            "until": store.answers.mature_until(),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """Visits per unit and the silences; coverage, units without a known visit, the day up to which it is proven."""
        visits, language = answer["visits"], self.look.language
        if not visits.get("denominator"):
            return self.say("empty"), ""
        first = [self.say("visits.answer", rate=measure(visits["value"], "visits"))]
        if answer["silent"]:
            told = [self.say("visits.answer.weeks", group=esc(group), n=weeks) for group, weeks in answer["silent"]]
            first.append(self.say("visits.answer.silent", groups=names(told, language)))
        else:
            first.append(self.say("visits.answer.none"))
        longest = answer["longest"]
        if (longest.get("proven") or 0) >= WORTH_TELLING:
            whole = longest["proven"] == longest["days_without_visit"]
            first.append(
                self.say(
                    "visits.answer.longest" if whole else "visits.answer.longest.part",
                    days=longest["days_without_visit"],
                    proven=longest["proven"],
                    unit=esc(longest[f"unit_name_{language}"]),
                )
            )
        second = [
            self.say(
                "visits.answer.all",
                visits=count(visits["numerator"]),
                n=visits["numerator"],
                units=measure(visits["denominator"], "units"),
                coverage=percent(answer["coverage"].get("value")),
            )
        ]
        if answer["never"]:
            second.append(self.say("visits.answer.never", n=answer["never"]))
        if visits["maturity"] == "immature":
            second.append(self.say("visits.answer.until", day=day(answer["until"], language)))
        return self.sentences(*first), self.sentences(*second)
