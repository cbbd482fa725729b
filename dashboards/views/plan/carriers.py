"""The forms of activity in which optional actions were done, and how far each has spread."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.markup import Cell, Html, grid
from dashboards.view import View


class Carriers(View):
    """One row per carrier, the most used first: units, groups, actions, since when."""

    view = "carriers"
    shape = "card wide"
    indicator = "optional_carriers"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """One row per carrier; how many optional actions there are and how many name no carrier."""
        done = self.store.answers.rows("optional_actions")
        name = f"action_name_{self.look.language}"
        carriers = (
            done.drop_nulls("carrier")
            .group_by("carrier")
            .agg(
                units=pl.col("unit_id").n_unique(),
                groups=pl.col("group_id").unique(),
                actions=pl.len(),
                kinds=pl.col(name).unique().sort(),
                since=pl.col("done_on").min(),
            )
            .sort(["units", "since", "carrier"], descending=[True, False, False])
        )
        return {"carriers": carriers, "actions": done.height, "unnamed": done["carrier"].null_count()}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The table; what names no carrier is told and not counted."""
        frame: pl.DataFrame = answer["carriers"]
        title = self.say("carriers.title")
        if frame.is_empty():
            return self.nothing(title, self.say("carriers.none", n=answer["unnamed"]))
        top = frame.row(0, named=True)
        finding = self.say(
            "carriers.say",
            n=frame.height,
            top=esc(top["carrier"]),
            units=count(top["units"]),
            groups=count(len(top["groups"])),
        )
        if answer["unnamed"]:
            finding = self.sentences(finding, self.say("carriers.unnamed", n=answer["unnamed"]))
        heads = ("carrier", "units", "carrier_groups", "carrier_names", "actions", "kinds", "since")
        lines = [self._line(row) for row in frame.iter_rows(named=True)]
        html = self.head(title, finding, self.say("carriers.legend"))
        return {"html": html + grid([self.say(f"twin.{head}") for head in heads], lines)}

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        order = {group: place for place, group in enumerate(self.store.source.extent.groups)}
        groups = sorted(row["groups"], key=lambda group: order.get(group, len(order)))
        return [
            row["carrier"],
            (count(row["units"]), row["units"]),
            (count(len(groups)), len(groups)),
            Html("".join(map(self.group_name, groups))),
            (count(row["actions"]), row["actions"]),
            ("、" if self.look.language == "zh" else ", ").join(row["kinds"]),
            (day(row["since"], self.look.language), row["since"].isoformat()),
        ]
