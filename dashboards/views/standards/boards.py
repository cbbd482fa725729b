"""Four boards, one for each standard: the figure for all, what it is counted from, and every group."""

from typing import Any, Final

import polars as pl

from dashboards.formats import change, count, day, esc, measure, percent
from dashboards.markup import click
from dashboards.standing import standing
from dashboards.store import one
from dashboards.view import View
from queries import indicator
from queries.statistics import mean_interval, wilson

BOARDS: Final = {
    "time": ("on_time_rate", "on_time_rate"),
    "steps": ("order_conformance", "order_conformance"),
    "content": ("content_coverage", "content_coverage"),
    "quality": ("quality_score", "quality_pass_share"),
}
"""By standard: the indicator shown, and the share by which its groups are compared."""


class Boards(View):
    """One card per standard; its value opens the definition and rows, a group's bar selects the group.

    A group is marked below as in the page's answer: by what had happened when the reports of all were in.
    """

    view = "boards"
    shape = "plain wide"

    def answer(self) -> dict[str, dict[str, Any]]:
        """By standard: its row for all with an interval, the same one snapshot earlier, its groups, lowest first."""
        answers = self.store.answers
        found: dict[str, dict[str, Any]] = {}
        for key, (name, share) in BOARDS.items():
            settled = answers.settled
            below = standing(settled, share).filter("below")["group_id"].to_list() if settled else []
            if name == share:
                now, before = wilson(self.store.ask(name)).row(0, named=True), one(self.store.ask_before(name))
                groups = self.store.ask(name, "group")
            else:
                now, groups = self._scores(name)
                before = _mean(answers.rows_before(name))
                now["passing"] = one(self.store.ask(share))
            groups = groups.filter(pl.col("denominator") > 0).with_columns(below=pl.col("group_id").is_in(below))
            found[key] = {
                "now": now,
                "before": before,
                "groups": groups.sort("value", "denominator", descending=[False, True], maintain_order=True),
            }
        found["content"]["now"]["checked"] = one(self.store.ask("content_checked_share"))
        found["content"]["now"]["lenient"] = one(self.store.ask("content_coverage_lenient"))
        return found

    def _scores(self, name: str) -> tuple[dict[str, Any], pl.DataFrame]:
        """The mean mark for all with its interval, and by group, from the rows behind it."""
        marked = self.store.answers.rows(name).filter(pl.col("denominator") > 0)
        sums = [pl.col("numerator").sum(), pl.col("denominator").sum(), pl.col("is_immature").any()]
        value = pl.col("numerator") / pl.col("denominator")
        groups = marked.group_by("group_id", maintain_order=True).agg(sums).with_columns(value=value)
        now = _mean(marked) | {"is_immature": marked["is_immature"].any()}
        now["maturity"] = "immature" if now["is_immature"] else "mature"
        now["n_missing"] = int(self.store.answers.rows(name)["is_missing"].sum())
        return now | one(mean_interval(marked, (), "score").select("n", "low", "high")), groups

    def patch(self, answer: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Four cards in the order the standards are said in."""
        return {"html": "".join(self._board(key, answer[key]) for key in BOARDS)}

    def _board(self, key: str, answer: dict[str, Any]) -> str:
        name, now = BOARDS[key][0], answer["now"]
        unit, title = indicator(name).unit, self.say(f"standards.{key}.title")
        value = now.get("value")
        lines = "".join(f'<p class="n">{line}</p>' for line in self._notes(key, now))
        bars = "".join(self._bar(row, unit) for row in answer["groups"].iter_rows(named=True))
        opened = esc(self.say("kpi.open", title=title))
        return (
            f'<article class="kpi board" data-indicator="{name}"><h2>{title}</h2>'
            f'<button class="value" {click({"why": name})} title="{opened}">{measure(value, unit)}</button>'
            f"{lines}{self._change(answer, unit)}"
            f'<ul aria-label="{esc(self.say("boards.groups"))}">{bars}</ul></article>'
        )

    def _notes(self, key: str, now: dict[str, Any]) -> list[str]:
        if now.get("value") is None:
            return [self.say("empty.data")]
        share = key != "quality"
        notes = [
            self.say(
                f"boards.{key}.n",
                met=count(now["numerator"]),
                of=count(now["denominator"] if share else now["n"]),
                n=now["denominator"] if share else now["n"],
            )
        ]
        shown = percent if share else "{:.1f}".format
        if now["low"] is not None:
            notes.append(self.say("boards.interval", low=shown(now["low"]), high=shown(now["high"])))
        if key == "content" and now["lenient"].get("value") is not None:
            notes.append(
                self.say(
                    "boards.checked",
                    lenient=percent(now["lenient"]["value"]),
                    checked=percent(now["checked"]["value"]),
                )
            )
        if key == "quality" and now["passing"].get("value") is not None:
            notes.append(self.say("boards.passing", rate=percent(now["passing"]["value"])))
        if now["n_missing"] and key in ("time", "quality"):
            notes.append(self.say(f"boards.{key}.missing", n=now["n_missing"]))
        if now["maturity"] == "immature":
            notes.append(self.say("immature"))
        return notes

    def _change(self, answer: dict[str, Any], unit: str) -> str:
        now, before, previous = answer["now"].get("value"), answer["before"].get("value"), self.store.previous
        moved = change(now, before, unit, self.say("points"))
        if not moved or previous is None:
            return f'<p class="change">{self.say("change.none") if previous is None else ""}</p>'
        tone = "same" if moved == "±0" else "up" if now > before else "down"
        since = day(previous.known_on, self.look.language, year=False)
        return f'<p class="change {tone}">{self.say("change", change=moved, day=since)}</p>'

    def _bar(self, row: dict[str, Any], unit: str) -> str:
        share = row["value"] if unit == "share" else row["value"] / 100
        shown = measure(row["value"], unit)
        mark = f" \u25bc {self.say('below')}" if row["below"] else ""
        words = esc(f"{row['group_id']}: {shown}{mark} · n {count(row['denominator'])}")
        tone = ' class="flagged"' if row["below"] else ""
        return (
            f'<li><button data-group="{esc(row["group_id"])}" aria-label="{words}" title="{words}"{tone}>'
            f"<b>{esc(row['group_id'])}</b><small>n {count(row['denominator'])}</small>"
            f'<i style="--share:{share * 100:.1f}%"></i><span>{shown}{mark}</span></button></li>'
        )


def _mean(rows: pl.DataFrame | None) -> dict[str, Any]:
    """Numerator, denominator and value of the rows behind a weighted mean; no value without any."""
    if rows is None:
        return {}
    numerator, denominator = float(rows["numerator"].sum()), float(rows["denominator"].sum())
    value = numerator / denominator if denominator else None
    return {"value": value, "numerator": numerator, "denominator": denominator}
