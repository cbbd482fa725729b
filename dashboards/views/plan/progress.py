"""How much of their own work plans the groups have carried out: the page in one sentence."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, percent
from dashboards.store import one
from dashboards.view import Answer
from queries.plans import plans


class PlanVerdict(Answer):
    """Items done of all items, who planned first, who has no plan, and how many units did more than was asked."""

    page = "plan"

    def answer(self) -> dict[str, Any]:
        """The items of all plans and of them those done and past their day unheard; the plans; the units, likewise."""
        rows, listing = self.store.answers.rows, self.store.answers.listing
        return {
            "items": one(rows("plan_progress").select(pl.col("numerator", "denominator", "is_missing").sum())),
            "plans": listing(plans),
            "units": one(rows("units_with_optional_share").select(pl.col("numerator", "denominator").sum())),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """What of the plans is done; then who was first, who has none, and the optional actions."""
        rest = self.sentences(*self._plans(answer["plans"]), self._units(answer["units"]))
        return self._items(answer["items"]), rest

    def _items(self, items: dict[str, Any]) -> str:
        if self.store.selection.unit_types:
            return self.say("plan.of_group")
        if not items.get("denominator"):
            return self.say("plan.none")
        rate = percent(items["numerator"] / items["denominator"])
        said = self.say("plan.say", n=items["denominator"], done=count(items["numerator"]), rate=rate)
        late = items["is_missing"]
        return said + self.say("plan.unheard" if late else "plan.heard", n=late)

    def _plans(self, frame: pl.DataFrame) -> list[str]:
        adopted = frame.drop_nulls("adopted_on")
        said = []
        if not adopted.is_empty():
            first = adopted["adopted_on"].min()
            groups = set(adopted.filter(pl.col("adopted_on") == first)["group_id"].to_list())
            key = "plan.first" if frame["group_id"].n_unique() > 1 else "plan.adopted"
            said.append(self.of_groups(key, groups, day=day(first, self.look.language, year=False)))
        without = frame.filter(pl.col("plan_no").is_null())["group_id"].to_list()
        if not adopted.is_empty():
            said.append(self.of_groups("plan.without", without))
        return said

    def _units(self, units: dict[str, Any]) -> str:
        if not units.get("denominator"):
            return ""
        part = self.say("of", part=count(units["numerator"]), whole=count(units["denominator"]))
        return self.say("plan.optional.say", part=part)
