"""Late is not idle: what had really happened week by week, and what the office knew of it."""

from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl

from dashboards.charts import Axis, Line, PlaneChart, Point, days_axis, week_ticks
from dashboards.formats import count, day, esc
from dashboards.markup import Cell, click, grid, key
from queries import Selection, Source, known_growth
from queries.kept import hold

MILESTONE = "A05"
"""The mobilisation meeting: the one action whose day the campaign itself set (domain.md 1.1, A9)."""
ALL = "all"
LABELLED = 8
"""With more weeks than this only the points that are spoken of keep their number."""
COUNTS = ("count_happened", "count_known", "count_all")


class KnownGrowth(PlaneChart):
    """What had happened by the end of each week beside what was known, of all facts or of one action."""

    view = "growth"
    indicator = "late_arriving_share"
    height = 320

    def answer(self) -> dict[str, Any]:
        """One row per group and week of the picked action; the actions that can be picked."""
        actions = self.store.answers.names("actions", self.look.language)
        picked = self.store.picks.get("action", MILESTONE)
        action = picked if picked in actions else ALL
        weeks = self.store.answers.listing(_grown("" if action == ALL else action))
        return {"action": action, "actions": actions, "weeks": weeks}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Two lines, what was missing where they part, and the choice of actions."""
        name = self.say("growth.all") if answer["action"] == ALL else answer["actions"][answer["action"]]
        title = self.say("growth.title", name=esc(name))
        weeks = _of_all(answer["weeks"])
        if not weeks["count_all"].max():
            empty = self.nothing(title, self.say("growth.none"))
            return empty | {"html": empty["html"] + self._choice(answer)}
        parted = _parted(weeks)
        shown = weeks.head(_complete(weeks) + 1)
        tones = {"happened": "accent", "known": "late"}
        marks = [(self.look.colours[tone], self.say(f"growth.line.{line}")) for line, tone in tones.items()]
        html = self.head(title, self._finding(answer, weeks, parted), f"{key(marks)}<br>{self.say('growth.legend')}")
        return {"html": html + self._choice(answer), "figure": self._figure(shown, parted)}

    def _finding(self, answer: dict[str, Any], weeks: pl.DataFrame, parted: int | None) -> str:
        total = weeks["count_all"].max()
        if parted is None:
            return self.say("growth.never", n=total, total=count(total))
        row = weeks.filter(pl.col("week") == parted).row(0, named=True)
        missing = pl.col("count_happened") - pl.col("count_known")
        by_group = answer["weeks"].filter(pl.col("week") == parted).with_columns(missing=missing)
        by_group = by_group.filter(pl.col("missing") > 0).sort("missing", descending=True, maintain_order=True)
        language = self.look.language
        listed = ("\u3001" if language == "zh" else ", ").join(
            f"{esc(each['group_id'])} {count(each['missing'])}" for each in by_group.head(4).iter_rows(named=True)
        )
        said = self.say(
            "growth.say",
            n=row["count_happened"],
            day=day(row["known_by"], language, year=False),
            happened=count(row["count_happened"]),
            known=count(row["count_known"]),
            groups=listed,
        )
        whole = weeks.filter(pl.col("count_known") == total)
        if row["count_happened"] == total and not whole.is_empty():
            known_by = day(whole["known_by"].min(), language, year=False)
            return self.sentences(said, self.say("growth.whole", n=total, total=count(total), day=known_by))
        return said

    def _figure(self, weeks: pl.DataFrame, parted: int | None) -> dict[str, Any]:
        accent, late = self.look.colours["accent"], self.look.colours["late"]
        total, last = weeks["count_all"].max(), int(weeks["week"].max())
        x = [0, *weeks["week"].to_list()]
        happened, known = ([0, *weeks[name].to_list()] for name in COUNTS[:2])
        said = {parted, last} if last > LABELLED else set(x)
        points, lift = [], total * 0.06
        for at, done, told, known_by in zip(x[1:], happened[1:], known[1:], weeks["known_by"].to_list(), strict=True):
            words = self.say(
                "growth.words",
                day=day(known_by, self.look.language, year=False),
                happened=count(done),
                known=count(told),
                missing=count(done - told),
            )
            apart = done - told > total * 0.07
            if done > told:
                label = count(done) if at in said and apart else ""
                points.append(Point(at, done, words, accent, label, name=str(at), label_y=done + lift))
            label = count(told) if at in said else ""
            beside = told - lift if apart else told
            points.append(Point(at, told, words, late, label, hollow=True, name=str(at), label_y=beside))
        axis = days_axis(total)
        ticks = [0, *week_ticks(1, last, 8)]
        labels = [day(self.store.source.launched_on, self.look.language, year=False)]
        sundays = dict(weeks.select("week", "known_by").iter_rows())
        labels += [day(sundays[week], self.look.language, year=False) for week in ticks[1:]]
        return self.figure(
            Axis(-0.15, last + max(last * 0.1, 0.45), tuple(map(float, ticks)), tuple(labels)),
            axis,
            lines=[Line(x, happened, accent), Line(x, known, late, dash="dashed")],
            points=points,
        )

    def _choice(self, answer: dict[str, Any]) -> str:
        """The actions and all facts, as buttons; the one shown is pressed."""
        options = {ALL: self.say("growth.all"), **answer["actions"]}
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(code == answer["action"]).lower()}" '
            f"{click({'pick': {'action': code}})}>{esc(name)}</button>"
            for code, name in options.items()
        )
        summary = self.say("growth.choose")
        return f'<details data-key="growth"><summary>{summary}</summary><div class="chips">{buttons}</div></details>'

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per week and, below all, per group: happened, known, missing then."""
        heads = [self.say("twin.week"), self.say("growth.by"), self.say("twin.group")]
        heads += [self.say(f"growth.{name}") for name in ("happened", "known", "missing")]
        lines: list[list[Cell]] = []
        whole = _of_all(answer["weeks"]).with_columns(group_id=pl.lit(None, pl.String))
        each = answer["weeks"].filter(pl.col("count_happened") > pl.col("count_known"))
        both = pl.concat(
            [
                whole.select("week", "known_by", "group_id", *COUNTS),
                each.select("week", "known_by", "group_id", *COUNTS),
            ]
        )
        for row in both.sort("week", maintain_order=True).iter_rows(named=True):
            missing = row["count_happened"] - row["count_known"]
            lines.append(
                [
                    (count(row["week"]), row["week"]),
                    day(row["known_by"], self.look.language),
                    self.group_name(row["group_id"]) if row["group_id"] else self.say("growth.together"),
                    *((count(row[name]), row[name]) for name in COUNTS[:2]),
                    (count(missing), missing),
                ]
            )
        return grid(heads, lines)

    def heard(self, message: dict[str, Any]) -> None:
        """A chosen action stays chosen when it is clicked once more."""
        if message.get("pick") == {"action": self.store.picks.get("action")}:
            return
        super().heard(message)

    def picked(self, name: str) -> None:
        """A week's point selects the week, and picked once more all again."""
        self.store.hear({"week": int(name)})


@cache
def _grown(action: str) -> Any:
    """A listing that is asked anew for other weeks or unit types, and cut to the groups."""

    def listing(source: Source, selection: Selection) -> pl.DataFrame:
        chosen = selection.resolve(source)
        every = replace(chosen, groups=())
        grown = hold(source, ("growth", action, every), lambda: known_growth(source, every, action=action or None))
        return grown.filter(pl.col("group_id").is_in(chosen.groups)) if chosen.groups else grown

    return listing


def _of_all(weeks: pl.DataFrame) -> pl.DataFrame:
    """One row per week."""
    return weeks.group_by("week", "known_by", maintain_order=True).agg(pl.col(COUNTS).sum())


def _parted(weeks: pl.DataFrame) -> int | None:
    """The week to speak of: the first in which all had happened and not all was known, else that of the widest gap."""
    gap = pl.col("count_happened") - pl.col("count_known")
    open_weeks = weeks.with_columns(gap=gap).filter(pl.col("gap") > 0)
    if open_weeks.is_empty():
        return None
    done = open_weeks.filter(pl.col("count_happened") == pl.col("count_all"))
    chosen = (
        done.head(1) if not done.is_empty() else open_weeks.sort("gap", descending=True, maintain_order=True).head(1)
    )
    return int(chosen["week"].item())


def _complete(weeks: pl.DataFrame) -> int:
    """How many weeks it took until all was known; the rest shows nothing new."""
    return weeks.filter(pl.col("count_known") < pl.col("count_all")).height
