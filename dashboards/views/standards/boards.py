"""Four boards, one for each standard: the figure for all, what it is counted from, and every group."""

from typing import Any, Final

import polars as pl

from dashboards.formats import change, count, day, esc, measure, percent
from dashboards.markup import click
from dashboards.standing import proven_on, standing
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

    A group's bar is the share by which the groups are compared. It is marked as in the page's answer, with the share
    of the day that this was proven by.
    """

    view = "boards"
    shape = "plain wide"

    def answer(self) -> dict[str, dict[str, Any]]:
        """By standard: its row for all with an interval, the same one snapshot earlier, its groups, lowest first."""
        answers = self.store.answers
        found: dict[str, dict[str, Any]] = {}
        for key, (name, share) in BOARDS.items():
            groups = standing(answers, share)
            if settled := answers.settled:
                then = settled.limits(share).select("group_id", then="value")
                groups = groups.join(then, on="group_id", how="left", maintain_order="left")
            found[key] = {
                "now": self._limited(name) | {"passing": one(answers.ask(share))},
                "before": one(answers.ask_before(name)),
                "groups": groups.sort("value", "denominator", descending=[False, True], maintain_order=True),
            }
        found["content"]["now"]["checked"] = one(self.store.ask("content_checked_share"))
        found["content"]["now"]["lenient"] = one(self.store.ask("content_coverage_lenient"))
        return found

    def _limited(self, name: str) -> dict[str, Any]:
        """The row for all with its 95 % interval and n: of the share, or of the mean of the marks."""
        answers = self.store.answers
        if indicator(name).unit == "share":
            return wilson(answers.ask(name)).row(0, named=True)
        marked = answers.rows(name).filter(pl.col("denominator") > 0)
        return one(answers.ask(name)) | one(mean_interval(marked, (), "score").select("n", "low", "high"))

    def patch(self, answer: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Four cards in the order the standards are said in."""
        return {"html": "".join(self._board(key, answer[key]) for key in BOARDS)}

    def _board(self, key: str, answer: dict[str, Any]) -> str:
        name, now = BOARDS[key][0], answer["now"]
        unit, title = indicator(name).unit, self.say(f"standards.{key}.title")
        value = now.get("value")
        lines = "".join(f'<p class="n">{line}</p>' for line in self._notes(key, now))
        bars = "".join(self._bar(row) for row in answer["groups"].iter_rows(named=True))
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
            notes.append(self.say("interval", low=shown(now["low"]), high=shown(now["high"])))
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

    def _bar(self, row: dict[str, Any]) -> str:
        shown, mark = percent(row["value"]), f" \u25bc {self.say('below')}" if row["was_below"] else ""
        until, then = proven_on(self.store.answers), ""
        if row["was_below"] and until is not None and percent(row["then"]) != shown:
            then = self.say("boards.then", day=day(until, self.look.language, year=False), share=percent(row["then"]))
        words = esc(f"{row['group_id']}: {shown}{mark} · n {count(row['denominator'])}{then and f' · {then}'}")
        tone = ' class="flagged"' if row["was_below"] else ""
        return (
            f'<li><button data-group="{esc(row["group_id"])}" aria-label="{words}" title="{words}"{tone}>'
            f"<b>{esc(row['group_id'])}</b><small>n {count(row['denominator'])}</small>"
            f'<i style="--share:{row["value"] * 100:.1f}%"></i><span>{shown}{mark}</span>'
            f"{then and f'<small>{then}</small>'}</button></li>"
        )
