"""The figures of rectification, each with its interval and what it is counted from."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc, measure, percent
from dashboards.markup import click
from dashboards.store import one
from dashboards.view import View
from queries import indicator
from queries.statistics import clopper_pearson, wilson

SHOWN = (
    "rectification_rate",
    "rectification_on_time",
    "recurrence_rate",
    "claimed_unverified_share",
    "long_term_rectification",
    "rectification_age",
)
EXACT = ("recurrence_rate",)
"""Shares near 0 or 1, that must not be claimed too boldly."""


class ProblemFigures(View):
    """One card per figure; the value opens its definition and the rows behind it."""

    view = "mended_figures"
    shape = "plain wide kpis"

    def answer(self) -> dict[str, dict[str, Any]]:
        """Per indicator its row for all, with the 95 % interval of a share."""
        return {name: one(self._limited(name, self.store.ask(name))) for name in SHOWN}

    def _limited(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        if indicator(name).unit != "share":
            return frame
        return clopper_pearson(frame) if name in EXACT else wilson(frame)

    def patch(self, answer: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """A row of cards."""
        return {"html": "".join(self._card(name, answer[name]) for name in SHOWN)}

    def _card(self, name: str, now: dict[str, Any]) -> str:
        defined = indicator(name)
        title = self.say(f"mended.{name}")
        value = measure(now["value"], defined.unit)
        return (
            f'<article class="kpi" data-indicator="{name}"><h2>{title}</h2>'
            f'<button class="value" {click({"why": name})} title="{esc(self.say("kpi.open", title=title))}">'
            f'{value}</button><p class="n">{self._counted(name, now)}</p>'
            f'<footer><span class="change">{self._interval(now)}</span></footer></article>'
        )

    def _counted(self, name: str, now: dict[str, Any]) -> str:
        if not now["denominator"]:
            return self.say(f"mended.{name}.none")
        counts = {"met": count(now["numerator"]), "whole": count(now["denominator"])}
        if now.get("p90") is not None:
            counts["p90"] = measure(now["p90"], "days")
        said = self.say(f"mended.{name}.n", n=now["denominator"], **counts)
        if name in EXACT and now["n_missing"]:
            said += f" · {self.say('mended.watched', n=count(now['n_missing']))}"
        return said

    def _interval(self, now: dict[str, Any]) -> str:
        if now.get("low") is None:
            return ""
        if not now["numerator"]:
            return self.say("mended.at_most", high=percent(min(3 / now["denominator"], 1.0), 0))
        return self.say("interval", low=percent(now["low"], 0), high=percent(now["high"], 0))
