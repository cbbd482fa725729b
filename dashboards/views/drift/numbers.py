"""Three numbers of drift side by side, and no fourth made of them."""

from typing import Any

import polars as pl

from dashboards.dossier import figures, level_name
from dashboards.formats import count, measure, percent
from dashboards.markup import click
from dashboards.store import one
from dashboards.view import View
from queries.statistics import wilson


class DriftNumbers(View):
    """What of the decisions was kept, by how much results fall short, how far the deadline moved: each by itself."""

    view = "drift_numbers"
    shape = "plain wide"

    def answer(self) -> dict[str, Any]:
        """Retention by level with its interval, the shortfall of results and the drift of the deadline."""
        levels = figures(self.store, "retention_rate", "level").filter(pl.col("level") > 0, pl.col("denominator") > 0)
        return {
            "levels": wilson(levels).sort("level").to_dicts(),
            "short": one(figures(self.store, "result_shortfall")),
            "moved": one(self.store.ask("deadline_drift")),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The sentence, and three figures."""
        levels, short, moved = answer["levels"], answer["short"], answer["moved"]
        if not levels and not short.get("denominator") and not moved.get("denominator"):
            return {"html": f'<p class="finding">{self.say("drift.none")}</p>', "empty": True}
        tiles = "".join([self._kept(levels), self._short(short), self._moved(moved)])
        said = self._finding(levels)
        apart = f'<p class="legend">{self.say("drift.apart")}</p>'
        return {"html": f'<p class="lead">{said}</p><div class="row">{tiles}</div>{apart}'}

    def _finding(self, levels: list[dict[str, Any]]) -> str:
        """Where most of the elements leave the decision."""
        if not levels:
            return self.say("drift.undelivered")
        last, before, steepest = levels[-1], 1.0, (0.0, levels[0])
        for row in levels:
            steepest = max(steepest, (before - row["value"], row), key=lambda pair: pair[0])
            before = row["value"]
        values = {"share": percent(last["value"], 0), "level": level_name(self.store, last["level"])}
        counts = {"kept": count(last["numerator"]), "n": last["denominator"]}
        if steepest[0] <= 0:
            return self.say("drift.whole", **values, **counts)
        return self.say("drift.say", **values, **counts, worst=level_name(self.store, steepest[1]["level"]))

    def _tile(self, name: str, why: str, value: str, notes: list[str]) -> str:
        opener = f"<button {click({'why': why})}>{self.say(f'drift.{name}')}</button>"
        notes_said = "".join(f'<p class="n">{note}</p>' for note in notes if note)
        return f'<article class="kpi"><h3>{opener}</h3><b class="value">{value}</b>{notes_said}</article>'

    def _kept(self, levels: list[dict[str, Any]]) -> str:
        if not levels:
            return self._tile("kept", "retention_rate", percent(None), [self.say("drift.undelivered")])
        last = levels[-1]
        part = self.say("of", part=count(last["numerator"]), whole=count(last["denominator"]))
        interval = self.say("drift.interval", low=percent(last["low"], 0), high=percent(last["high"], 0))
        at = self.say("drift.at", level=level_name(self.store, last["level"]))
        early = self.say("early") if last["maturity"] == "immature" else ""
        return self._tile("kept", "retention_rate", percent(last["value"]), [at, f"{part} · {interval}", early])

    def _short(self, row: dict[str, Any]) -> str:
        n = int(row.get("denominator") or 0)
        known = self.say("drift.results", n=n) if n else self.say("drift.results.none")
        missing = self.say("drift.unproven", n=row["n_missing"]) if row.get("n_missing") else ""
        return self._tile("short", "result_shortfall", percent(row.get("value")), [known, missing])

    def _moved(self, row: dict[str, Any]) -> str:
        if not row.get("denominator"):
            return self._tile("moved", "deadline_drift", measure(None, "days"), [self.say("drift.undue")])
        days = self.say("drift.days", n=row["value"], days=_days(row["value"]))
        ninth = self.say("drift.ninth", days=_days(row["p90"]), n=row["denominator"])
        missing = self.say("drift.at_least", n=row["n_missing"]) if row["n_missing"] else ""
        return self._tile("moved", "deadline_drift", days, [ninth, missing])


def _days(days: float) -> str:
    """Days with their sign: early is less than nothing."""
    return f"\u2212{measure(-days, 'days')}" if days < 0 else measure(days, "days")
