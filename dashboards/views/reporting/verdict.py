"""Late work or late news: who is late in which, as far as that is proven."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.store import one
from dashboards.view import Answer
from queries import work_and_news
from queries.statistics import funnel

OPEN = ("not_done", "in_progress", "not_reported", "unclear")


class LateVerdict(Answer):
    """Who did the work and told late, and who is late in the work itself; what it is made of."""

    page = "reporting"

    def answer(self) -> dict[str, Any]:
        """The counts by group now, and up to the day all reports are in; the weekly reports."""
        settled = self.store.answers.settled
        return {
            "groups": self.store.answers.listing(work_and_news),
            "settled": settled,
            "proven": None if settled is None else settled.listing(work_and_news),
            "reports": one(self.store.ask("report_timeliness")),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """The groups of either kind; all due actions by how they were done and told, and the reports."""
        groups: pl.DataFrame = answer["groups"]
        if groups.is_empty():
            return self.say("verdict.none"), self._reports(answer["reports"])
        total = groups.drop("group_id", "maturity").sum().row(0, named=True)
        parts = {name: count(total[name]) for name in ("due", "told", "told_late", "late", "not_reported")}
        rest = self.say("verdict.parts", **parts, other=count(sum(total[each] for each in OPEN[:2])))
        lines = [
            rest if groups.height > 1 else self.say("headline.few"),
            self._unclear(total),
            self._reports(answer["reports"]),
        ]
        if "immature" in groups["maturity"].to_list():
            until = day(self.store.answers.mature_until(), self.look.language)
            lines.append(self.say("headline.immature", day=until))
        return self._verdict(answer), self.sentences(*lines)

    def _unclear(self, total: dict[str, Any]) -> str:
        beside = total["unclear"] + total["untimed"]
        return self.say("verdict.beside", n=beside) if beside else ""

    def _reports(self, reports: dict[str, Any]) -> str:
        if not reports.get("denominator"):
            return ""
        met, due, missing = (reports[name] for name in ("numerator", "denominator", "n_missing"))
        return self.say(
            "verdict.reports",
            n=met,
            met=count(met),
            due=count(due),
            late=count(due - met - missing),
            missing=count(missing),
        )

    def _verdict(self, answer: dict[str, Any]) -> str:
        groups: pl.DataFrame = answer["groups"]
        if groups.height == 1:
            row = groups.row(0, named=True)
            row["open"] = sum(row[each] for each in OPEN)
            return self.say("verdict.one", **{key: esc(value) for key, value in row.items()})
        told, worked = _told_late(groups), _worked_late(groups)
        if told is None or worked is None:
            return self.say("verdict.few")
        settled = answer["settled"]
        proven = [] if settled is None else _worked_late(answer["proven"]) or []
        until = day(settled and settled.selection.events_until, self.look.language, year=False)
        whole = settled is self.store.answers
        said = [
            self.of_groups("verdict.told", set(told) - {*worked, *proven}),
            self.of_groups("verdict.worked" if whole else "verdict.worked.until", proven, day=until),
            self.of_groups("verdict.worked.early", set(worked) - set(proven)),
        ]
        return self.sentences(*said) or self.say("verdict.together")


def _told_late(groups: pl.DataFrame) -> list[str] | None:
    """The groups that tell on time less often than chance allows, of what they did on time."""
    return _below(groups.select("group_id", numerator="told", denominator=pl.col("told") + pl.col("told_late")))


def _worked_late(groups: pl.DataFrame) -> list[str] | None:
    """The groups that are on time less often than chance allows, of what the office knows."""
    on_time = pl.col("told") + pl.col("told_late") + pl.col("untimed")
    return _below(groups.select("group_id", numerator=on_time, denominator="known"))


def _below(frame: pl.DataFrame) -> list[str] | None:
    """The flagged groups; None when none is large enough to be judged."""
    flags = funnel(frame)
    if flags["flag"].null_count() == flags.height:
        return None
    return sorted(flags.filter(pl.col("flag") == "below")["group_id"].to_list())
