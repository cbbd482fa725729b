"""What drives the gap: which actions, which unit types and which weeks the actions not done on time come from."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc, percent
from dashboards.markup import Cell, click, grid
from dashboards.store import one
from dashboards.text import known
from dashboards.view import View

SHOWN = 6


class Drivers(View):
    """Three lists of bars: the share of its own due actions not done on time, longest part of the gap first."""

    view = "drivers"
    shape = "card wide"
    indicator = "on_time_rate"
    tools = ("table", "csv", "png")

    def answer(self) -> dict[str, Any]:
        """What is not on time for all, by action, unit type and week of the due day."""
        by = {each: self.store.ask(self.indicator, each) for each in ("unit_type", "week")}
        return {"all": one(self.store.ask(self.indicator)), "by": {"action": self._of_actions(), **by}}

    def _of_actions(self) -> pl.DataFrame:
        """By action, added up from the rows, which are at hand: to ask anew would take many times as long."""
        rows = self.store.answers.rows(self.indicator)
        counts = rows.group_by("action_code").agg(
            pl.col("numerator", "denominator").sum(), early=pl.col("is_immature").any()
        )
        maturity = pl.when("early").then(pl.lit("immature")).otherwise(pl.lit("mature"))
        return counts.with_columns(maturity=maturity).sort("action_code")

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Each bar is what is missing there; the number beside it is its part of the whole gap."""
        due = answer["all"].get("denominator") or 0
        missing = due - (answer["all"].get("numerator") or 0)
        title = self.say("drivers.title")
        if not missing:
            return self.nothing(title, self.say("drivers.none") if due else "")
        self._actions = self.store.answers.names("actions", self.look.language)
        lists = {each: self._gaps(frame) for each, frame in answer["by"].items()}
        actions = lists["action"]
        finding = self.say(
            "drivers.say",
            n=missing,
            missing=count(missing),
            due=count(due),
            top=count(min(2, actions.height)),
            share=percent(actions.head(2)["gap"].sum() / missing, 0),
        )
        columns = "".join(
            f'<div><h3>{self.say(f"drivers.{each}")}</h3><ul class="bars">'
            + "".join(self._bar(each, row, missing) for row in frame.head(SHOWN).iter_rows(named=True))
            + self._rest(frame)
            + "</ul></div>"
            for each, frame in lists.items()
        )
        html = self.head(title, finding, self.say("drivers.legend"))
        return {"html": f'{html}<div class="three">{columns}</div>'}

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per action, unit type and week, those without a gap too."""
        called = self.store.answers.names("actions", self.look.language)
        heads = [self.say("drivers.by"), self.say("twin.what"), self.say("drivers.gap"), self.say("twin.n")]
        rows: list[list[Cell]] = [
            [
                self.say(f"drivers.{each}"),
                called.get(row["action_code"], row["action_code"]) if each == "action" else self._text(each, row),
                (count(gap := row["denominator"] - row["numerator"]), gap),
                (count(row["denominator"]), row["denominator"]),
            ]
            for each, frame in answer["by"].items()
            for row in frame.iter_rows(named=True)
        ]
        return grid(heads, rows)

    def _gaps(self, frame: pl.DataFrame) -> pl.DataFrame:
        gaps = frame.with_columns(gap=pl.col("denominator") - pl.col("numerator")).filter(pl.col("gap") > 0)
        return gaps.sort("gap", descending=True)

    def _bar(self, each: str, row: dict[str, Any], missing: int) -> str:
        part = self.say("of", part=count(row["gap"]), whole=count(row["denominator"]))
        share = row["gap"] / row["denominator"]
        early = f" · {self.say('early')}" if row["maturity"] == "immature" else ""
        of_all = self.say("drivers.part", share=percent(row["gap"] / missing, 0))
        return (
            f'<li><span class="name">{self._named(each, row)}</span>'
            f'<span class="track"><i style="width:{share * 100:.1f}%"></i></span>'
            f'<span class="n">{part}{early} · {of_all}</span></li>'
        )

    def _rest(self, frame: pl.DataFrame) -> str:
        left = frame.height - SHOWN
        return f'<li class="n">{self.say("drivers.rest", n=left)}</li>' if left > 0 else ""

    def _named(self, each: str, row: dict[str, Any]) -> str:
        if each == "action":
            link = esc(self.store.link("standards", action=row["action_code"]))
            return f'<a href="{link}">{esc(self._actions.get(row["action_code"], row["action_code"]))}</a>'
        return f"<button {click({each: row[each]})}>{esc(self._text(each, row))}</button>"

    def _text(self, each: str, row: dict[str, Any]) -> str:
        """The week or unit type in words."""
        if each == "week":
            return self.say("week.long", week=row["week"])
        return known(self.look.language, f"type.{row['unit_type']}") or str(row["unit_type"])
