"""The weight of the coursework mark in the combined one, to be moved, and who changes places when it is."""

import json
from typing import Any

import polars as pl

from dashboards.formats import count, esc
from dashboards.marking import STEP, class_name, everybody, reasonable, shown, term, usual_weight, weight
from dashboards.markup import click
from dashboards.view import View

MOST = 5
"""Units that moved furthest are named, so many of them."""


class WeightSlider(View):
    """A slider from the exam alone to coursework alone; the ranks of the whole page follow it."""

    view = "weight"
    indicator = "combined_mark"

    def answer(self) -> dict[str, Any]:
        """The weights, the ranks at the one chosen and at the usual one."""
        usual = usual_weight(self.store)
        return {
            "term": term(self.store),
            "usual": usual,
            "chosen": weight(self.store),
            "now": shown(self.store),
            "then": everybody(self.store, usual).select("unit_id", usual_rank="rank"),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The control stays as it is while it is moved; what it does is filled in beside it."""
        title = self.say("weight.title")
        if answer["now"].is_empty():
            return self.nothing(title)
        html = self.head(title, '<span data-field="effect" role="status"></span>', self._legend())
        moves = '<div data-field="moves"></div>'
        fields = {"weight": f"{answer['chosen']:g}", "effect": self._effect(answer), "moves": self._moves(answer)}
        return {"html": html + self._control(answer["usual"]) + moves, "fields": fields}

    def _legend(self) -> str:
        low, high = reasonable(self.store)
        return self.say("weight.legend", low=f"{low:.2f}", high=f"{high:.2f}")

    def _control(self, usual: float) -> str:
        low, high = reasonable(self.store)
        told = esc(json.dumps({"do": "weigh"}))
        words = esc(self.say("weight.words"))
        back = self.say("weight.usual", usual=f"{usual:.2f}")
        reset = f'<button class="chip" {click({"do": "weigh", "value": ""})}>{back}</button>'
        ends = (self.say("weight.exam"), self.say("weight.coursework"))
        return (
            f'<div class="weigh" style="--low:{low};--high:{high}">'
            f'<label for="weight">{self.say("weight.label")}</label>'
            f'<b class="said"></b>'
            f'<input type="range" id="weight" name="weight" min="0" max="1" step="{STEP:g}" value="{usual:g}" '
            f'data-control="{told}" data-words="{words}">'
            f'<span class="ends"><span>{ends[0]}</span><span>{ends[1]}</span></span>'
            f"{reset}</div>"
        )

    def _effect(self, answer: dict[str, Any]) -> str:
        now = answer["now"].filter(pl.col("rank").is_not_null())
        if now.is_empty():
            return self.say("weight.none")
        chosen, usual = f"{answer['chosen']:.2f}", f"{answer['usual']:.2f}"
        if answer["chosen"] == answer["usual"]:
            return self.say("weight.at_usual", usual=usual)
        moved = self._moved(answer)
        told = {"n": moved.height, "moved": count(moved.height), "all": count(now.height), "usual": usual}
        if moved.is_empty():
            return self.say("weight.still", chosen=chosen, **told)
        return self.say("weight.moved", chosen=chosen, **told)

    def _moved(self, answer: dict[str, Any]) -> pl.DataFrame:
        """The ranked units with another rank than at the usual weight, those that moved furthest first."""
        far = (pl.col("rank") - pl.col("usual_rank")).abs()
        both = answer["now"].join(answer["then"], on="unit_id")
        return both.filter(far > 0).sort(far, "unit_id", descending=[True, False])

    def _moves(self, answer: dict[str, Any]) -> str:
        """Who moves furthest: from the usual weight to the one chosen, or over all reasonable ones."""
        if answer["chosen"] != answer["usual"]:
            moved = self._moved(answer)
            title, ends = self.say("weight.furthest"), ("usual_rank", "rank")
        else:
            reach = pl.col("rank_worst") - pl.col("rank_best")
            tried = answer["now"].filter(pl.col("rank").is_not_null(), reach > 0)
            moved = tried.sort(reach, "unit_id", descending=[True, False])
            title, ends = self.say("weight.widest"), ("rank_best", "rank_worst")
        if moved.is_empty():
            return ""
        lines = "".join(self._move(row, *ends) for row in moved.head(MOST).to_dicts())
        return f'<h3>{title}</h3><ul class="movers">{lines}</ul>'

    def _move(self, row: dict[str, Any], first: str, last: str) -> str:
        told = {"before": row[first], "after": row[last], "of": row["count_ranked"]}
        where = esc(class_name(self.store, row["peer_class"]))
        return f"<li>{self.unit_name(row, 'unit_name')} <span>{self.say('weight.move', **told)} {where}</span></li>"

    def heard(self, message: dict[str, Any]) -> None:
        """The slider was moved, or set back to the usual weight."""
        if message.get("do") != "weigh":
            super().heard(message)
            return
        rest = {kind: value for kind, value in self.store.picks.items() if kind != "weight"}
        try:
            chosen = round(float(str(message.get("value", ""))), 4)
        except ValueError:
            chosen = usual_weight(self.store)
        is_usual = not 0 <= chosen <= 1 or chosen == usual_weight(self.store)
        self.store.picks = rest if is_usual else rest | {"weight": f"{chosen:g}"}
