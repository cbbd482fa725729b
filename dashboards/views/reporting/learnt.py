"""What the office did not know: facts that came after this snapshot, or those that were told latest."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.markup import Cell, grid
from dashboards.text import known
from dashboards.view import View
from queries import Selection, Source, late_facts
from queries.held import cut
from queries.kept import hold

SHOWN = 60


class LearntLate(View):
    """One row per fact that arrived after an older snapshot; at the newest the facts that were told latest."""

    view = "learnt"
    shape = "card wide"
    indicator = "late_arriving_share"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The facts, whether they came after this snapshot, and the names of actions."""
        answers = self.store.answers
        is_newest = self.store.source.known_on == self.store.sources.newest_on
        facts = None if is_newest else answers.listing(_came_later)
        is_after = facts is not None and not facts.is_empty()
        if facts is None or facts.is_empty():
            facts = answers.rows("event_to_report_latency")
        ordered = facts.sort("latency_days", "reported_at", "fact_key", descending=[True, True, False])
        return {"facts": ordered, "after": is_after, "actions": answers.names("actions", self.look.language)}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table, the longest way to the office first."""
        facts, after = answer["facts"], answer["after"]
        title = self.say("learnt.title" if after else "learnt.title.newest")
        if facts.is_empty():
            return self.nothing(title, self.say("lag.none"))
        lines = [self._line(row, answer["actions"]) for row in facts.head(SHOWN).iter_rows(named=True)]
        heads = [self.say(f"learnt.{head}") for head in ("what", "unit", "group", "occurred", "reported", "days")]
        legend = self.say("learnt.shown", n=count(min(SHOWN, facts.height)), all=count(facts.height))
        return {"html": self.head(title, self._finding(facts, after), legend) + grid(heads, lines)}

    def _finding(self, facts: pl.DataFrame, after: bool) -> str:
        language = self.look.language
        known_on = day(self.store.source.known_on, language, year=False)
        if not after:
            newest = self.store.source.known_on == self.store.sources.newest_on
            said = self.say("learnt.newest" if newest else "learnt.nothing", day=known_on)
            longest = facts["latency_days"].max()
            return self.sentences(said, self.say("learnt.longest", n=longest, days=count(longest)))
        by_group = facts["group_id"].value_counts(sort=True).head(4)
        listed = ("\u3001" if language == "zh" else ", ").join(
            f"{esc(row['group_id'])} {count(row['count'])}" for row in by_group.iter_rows(named=True)
        )
        return self.say("learnt.say", n=facts.height, all=count(facts.height), day=known_on, groups=listed)

    def _line(self, row: dict[str, Any], actions: dict[str, str]) -> list[Cell]:
        language = self.look.language
        what = known(language, f"fact.{row['fact_kind']}") or row["fact_kind"]
        code = row["action_code"]
        return [
            f"{what} · {actions.get(code, code)}" if code else what,
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            (day(row["occurred_on"], language), row["occurred_on"]),
            (day(row["reported_at"].date(), language), row["reported_at"].date()),
            (count(row["latency_days"]), row["latency_days"]),
        ]


def _came_later(source: Source, selection: Selection) -> pl.DataFrame:
    """The facts that came after the snapshot: asked anew for other weeks, and cut to groups and unit types."""
    chosen = selection.resolve(source)
    every = replace(chosen, groups=(), unit_types=())
    return cut(hold(source, ("came later", every), lambda: late_facts(source, every)), chosen)
