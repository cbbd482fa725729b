"""The rank of one unit under every weight there could be."""

from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, Point, days_axis
from dashboards.formats import count, esc, percent
from dashboards.marking import class_name, reasonable, stretches, term, unit_row, weight
from dashboards.markup import Cell, grid, key

LABEL = 0.2
"""How far to the right of its point a label reaches: where the line rises meanwhile, it stands below."""


class RankByWeight(PlaneChart):
    """A line that steps where the unit changes places, over the weights thought reasonable and the top third."""

    view = "rank_by_weight"
    indicator = "combined_mark"
    height = 300

    def answer(self) -> dict[str, Any]:
        """The unit, and the stretches of weights over which its rank stays the same."""
        row = unit_row(self.store) if term(self.store) else {}
        lines = stretches(self.store)
        return {"unit": row, "lines": lines.filter(pl.col("unit_id") == row["unit_id"]) if row else lines.clear()}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Rank 1 at the top."""
        unit, lines, title = answer["unit"], answer["lines"], self.say("reach.title")
        if not unit:
            return self.nothing(title)
        name = esc(unit[f"unit_name_{self.look.language}"])
        title = self.say("reach.title.unit", unit=name)
        if lines.is_empty():
            key_said = "reach.idle" if unit["state"] == "not_applicable" else "reach.unexamined"
            return self.nothing(title, self.say(key_said))
        colours = self.look.colours
        marks = [(colours["good-soft"], self.say("reach.third")), (colours["band"], self.say("reach.range"))]
        legend = key(marks) + self.say("reach.legend", n=count(unit["count_ranked"]), of=self._class(unit))
        return {"html": self.head(title, self._finding(unit), legend), "figure": self._drawn(unit, lines)}

    def _class(self, unit: dict[str, Any]) -> str:
        return esc(class_name(self.store, unit["peer_class"]))

    def _finding(self, unit: dict[str, Any]) -> str:
        low, high = reasonable(self.store)
        told = {"low": f"{low:.2f}", "high": f"{high:.2f}", "best": unit["rank_best"], "worst": unit["rank_worst"]}
        always = unit["rank_best"] == unit["rank_worst"]
        ranks = self.say("reach.same" if always else "reach.ranks", of=unit["count_ranked"], **told)
        if unit["p_top_third"] is None:
            return self.sentences(ranks, self.say("reach.few"))
        third = unit["count_ranked"] // 3
        share = percent(unit["p_top_third"], 0)
        key_said = {0.0: "reach.never", 1.0: "reach.always"}.get(unit["p_top_third"], "reach.share")
        return self.sentences(self.say(key_said, share=share, third=third), ranks)

    def _drawn(self, unit: dict[str, Any], lines: pl.DataFrame) -> dict[str, Any]:
        colours, most = self.look.colours, unit["count_ranked"]
        low, high = reasonable(self.store)
        chosen = weight(self.store)
        ends = [*lines["weight_from"].to_list(), 1.0]
        ranks = lines["rank"].to_list()
        line = Line(ends, [*ranks, ranks[-1]], colours["accent"], steps=True)
        now = Line([chosen, chosen], [0.4, most + 0.6], colours["whisker"], dash="dashed", width=1)
        bands = [((low, 0.4, high, most + 0.6), colours["band"], self.say("reach.range"))]
        if most >= 3:
            bands.append(((0.0, 0.4, 1.0, most // 3 + 0.5), colours["good"], self.say("reach.third")))
        words = self.say("reach.words", weight=f"{chosen:.2f}", rank=unit["rank"], of=most)
        soon = lines.filter(pl.col("weight_to") >= min(chosen + LABEL, 1.0))["rank"].to_list()
        is_rising = soon[0] < unit["rank"] or unit["rank"] <= most * 0.1
        aside = most * (0.07 if is_rising and unit["rank"] < most * 0.9 else -0.07)
        point = Point(chosen, unit["rank"], words, colours["ink"], label=words, label_y=unit["rank"] + aside)
        weights = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
        across = Axis(-0.02, 1.02 if chosen < 0.6 else 1.36, weights, tuple(f"{one:g}" for one in weights))
        down = days_axis(most)
        shown_ranks = [1, *(int(tick) for tick in down.ticks if 1 < tick < most), most]
        kept = [each for each in shown_ranks if each in (1, most) or most - each > (down.ticks[1] or 1) * 0.6]
        upwards = Axis(most + 0.6, 0.4, tuple(kept), tuple(count(each) for each in kept))
        return self.figure(across, upwards, lines=[now, line], points=[point], bands=bands)

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per stretch of weights."""
        heads = [self.say(f"reach.head.{head}") for head in ("from", "to", "rank", "of")]
        lines: list[list[Cell]] = [
            [
                *((f"{row[name]:.4f}", row[name]) for name in ("weight_from", "weight_to")),
                *((count(row[name]), row[name]) for name in ("rank", "count_ranked")),
            ]
            for row in answer["lines"].to_dicts()
        ]
        return grid(heads, lines)
