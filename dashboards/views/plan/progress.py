"""How much of their own work plans the groups have carried out: the page in one sentence."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, names, percent
from dashboards.store import one
from dashboards.view import Answer
from queries.plans import plans


class Progress(Answer):
    """Items done of all items, who planned first, who has no plan, and how many units did more than was asked."""

    page = "plan"

    def answer(self) -> dict[str, Any]:
        """The items of all groups, the plans, the units with an optional action."""
        return {
            "items": one(self.store.ask("plan_progress")),
            "plans": self.store.answers.listing(plans),
            "units": one(self.store.ask("units_with_optional_share")),
        }

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """What of the plans is done; then who was first, who has none, and the optional actions."""
        gap = "" if self.look.language == "zh" else " "
        rest = [*self._plans(answer["plans"]), self._units(answer["units"])]
        return self._items(answer["items"]), gap.join(filter(None, rest))

    def _items(self, items: dict[str, Any]) -> str:
        if self.store.selection.unit_types:
            return self.say("plan.of_group")
        if not items.get("denominator"):
            return self.say("plan.none")
        said = self.say(
            "plan.say", n=items["denominator"], done=count(items["numerator"]), rate=percent(items["value"])
        )
        late = items["n_missing"]
        return said + self.say("plan.unheard" if late else "plan.heard", n=late)

    def _plans(self, frame: pl.DataFrame) -> list[str]:
        adopted = frame.drop_nulls("adopted_on")
        said = []
        if not adopted.is_empty():
            first = adopted["adopted_on"].min()
            groups = adopted.filter(pl.col("adopted_on") == first)["group_id"].unique(maintain_order=True).to_list()
            listed = names(map(esc, groups), self.look.language)
            when = day(first, self.look.language, year=False)
            if frame["group_id"].n_unique() > 1:
                said.append(self.say("plan.first", groups=listed, day=when))
            else:
                said.append(self.say("plan.adopted", groups=listed, day=when))
        without = frame.filter(pl.col("plan_no").is_null())["group_id"].to_list()
        if without and not adopted.is_empty():
            listed = names(map(esc, without), self.look.language)
            said.append(self.say("plan.without", groups=listed, n=len(without)))
        return said

    def _units(self, units: dict[str, Any]) -> str:
        if not units.get("denominator"):
            return ""
        part = self.say("of", part=count(units["numerator"]), whole=count(units["denominator"]))
        return self.say("plan.optional.say", part=part)
