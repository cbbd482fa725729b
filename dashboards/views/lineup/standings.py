"""Everything the page says of each group, in one table."""

from typing import Any

from dashboards.formats import change, count, percent
from dashboards.markup import Cell, Html, grid
from dashboards.standing import compared, places
from dashboards.view import View

HEADS = (
    *("group", "units", "rate", "met", "n", "low95", "high95", "shrunk", "ranks"),
    *("flag", "change", "per_week", "visits", "maturity"),
)


class Standings(View):
    """One row per group: raw, n, interval, shrunk, places, against chance, change, exposure, whether all is in."""

    view = "standings"
    shape = "card wide"
    indicator = "on_time_rate"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """One row per group of the selection, the highest share first, groups without a share at the end."""
        share, answers = compared(self.store).name, self.store.answers
        before = answers.ask_before(share, "group")
        return {
            "share": share,
            "groups": places(answers, share),
            "before": {} if before is None else dict(before.select("group_id", "value").iter_rows()),
            "visits": {row["group_id"]: row for row in answers.ask("visits_per_unit", "group").iter_rows(named=True)},
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The table."""
        frame, share = answer["groups"], answer["share"]
        title = self.say("standings.title", share=self.say(f"share.{share}"))
        if frame.is_empty():
            return self.nothing(title)
        rows = {row["group_id"]: row for row in frame.iter_rows(named=True)}
        alone = len(rows) < 2
        lines = [self._line(row, answer, alone) for row in rows.values()]
        lines += [self._blank(group, answer) for group in answer["visits"] if group not in rows]
        head = self.head(title, self.say("standings.say", n=len(lines)), self.say("standings.legend"), why=share)
        return {"html": head + grid([self.say(f"twin.{head}") for head in HEADS], lines)}

    def _line(self, row: dict[str, Any], answer: dict[str, Any], alone: bool) -> list[Cell]:
        group, was = row["group_id"], answer["before"].get(row["group_id"])
        moved = change(row["value"], was, "share", self.say("points"))
        low, high = row["rank_low"], row["rank_high"]
        return [
            self.group_name(group),
            self._units(group, answer),
            (percent(row["value"]), row["value"]),
            (count(row["numerator"]), row["numerator"]),
            (count(row["denominator"]), row["denominator"]),
            *((percent(row[bound]), row[bound]) for bound in ("low_95", "high_95")),
            (percent(None if alone else row["shrunk"]), None if alone else row["shrunk"]),
            ("–", None) if alone else (count(low) if low == high else f"{low} – {high}", low),
            "–" if alone else self._flag(row),
            (moved or "–", None if was is None else row["value"] - was),
            *self._effort(group, answer),
            self.say(row["maturity"]),
        ]

    def _blank(self, group: str, answer: dict[str, Any]) -> list[Cell]:
        """A group of which the share says nothing: dashes, never zeros."""
        none: Cell = ("–", None)
        return [
            self.group_name(group),
            self._units(group, answer),
            *([none] * 2),
            ("0", 0),
            *([none] * 4),
            self.say("standings.nothing"),
            none,
            *self._effort(group, answer),
            "–",
        ]

    def _flag(self, row: dict[str, Any]) -> Cell:
        said = self.say(f"funnel.flag.{row['flag'] or 'none'}")
        if row["proven"]:
            return Html(f'<b class="behind">\u25bc {said}</b>')
        return f"? {said} · {self.say('early')}" if row["below"] else said

    def _units(self, group: str, answer: dict[str, Any]) -> Cell:
        units = answer["visits"].get(group, {}).get("denominator")
        return ("–", None) if units is None else (f"{units:.1f}".removesuffix(".0"), units)

    def _effort(self, group: str, answer: dict[str, Any]) -> list[Cell]:
        found, (first, last) = answer["visits"].get(group, {}), self.store.weeks
        if found.get("value") is None:
            return [("–", None), ("–", None)]
        rate = found["value"] / (last - first + 1)
        return [(f"{rate:.2f}", rate), (count(found["numerator"]), found["numerator"])]
