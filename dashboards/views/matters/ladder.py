"""How matters were pressed: urged, slips by colour, escalated, in the order in which it was really done."""

from typing import Any

import polars as pl

from dashboards.charts import Piece, StackChart, days_axis
from dashboards.formats import count, measure, percent
from dashboards.markup import Cell, click, grid, key
from dashboards.register import matters
from queries.stuck import RUNGS, pressure

PARTS = ("onward", "ended", "open")
WAYS = 5
"""So many of the orders are listed; the table has all."""
ARROW = " \u2192 "


class EscalationLadder(StackChart):
    """One bar per rung: the matters that came to it, and what became of them after it."""

    view = "ladder"
    height = 270
    usual_rows = 5

    def answer(self) -> dict[str, Any]:
        """The pressings; one row per rung; the ways, as matters went up the rungs; how many matters there are."""
        pressed = self.store.answers.of_day(pressure)
        last = pl.col("step_no") == pl.col("step_no").max().over("matter_id", "rung")
        onward = pl.col("step_no").max().over("matter_id") > pl.col("step_no")
        reached = pressed.with_columns(onward=onward).filter(last)
        rungs = reached.group_by("rung").agg(
            matters=pl.len().cast(pl.Int64),
            onward=pl.col("onward").sum().cast(pl.Int64),
            ended=(~pl.col("onward") & pl.col("end").is_not_null()).sum().cast(pl.Int64),
            open=(~pl.col("onward") & pl.col("end").is_null()).sum().cast(pl.Int64),
        )
        times = pressed.group_by("rung").agg(times=pl.len().cast(pl.Int64), days_after=pl.col("days_after").median())
        every = pl.DataFrame({"rung": RUNGS})
        rungs = every.join(rungs, on="rung", how="left", maintain_order="left")
        rungs = rungs.join(times, on="rung", how="left", maintain_order="left")
        ways = pressed.group_by("matter_id").agg(way=pl.col("rung")).group_by("way").agg(n=pl.len().cast(pl.Int64))
        return {
            "rungs": rungs.with_columns(pl.col("matters", *PARTS, "times").fill_null(0)),
            "ways": ways.sort(
                "n", pl.col("way").list.len(), pl.col("way").list.join(" "), descending=[True, True, False]
            ),
            "pressed": pressed["matter_id"].n_unique(),
            "all": matters(self.store).height,
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Five bars from zero, also those that nobody came to."""
        title = self.say("ladder.title")
        if not answer["all"]:
            return self.nothing(title, self.say("stuck.none"))
        if not answer["pressed"]:
            return self.nothing(title, self.say("ladder.none", n=answer["all"], all=count(answer["all"])))
        rungs, tones = answer["rungs"].to_dicts(), self._tones()
        legend = f"{key([(tones[part][0], self.say(f'ladder.part.{part}')) for part in PARTS])}<br>"
        legend += self.say("ladder.legend", n=count(answer["all"]))
        pieces = [self._piece(row, part, tones[part]) for row in rungs for part in PARTS]
        rows = [(row["rung"], self._named(row["rung"])) for row in rungs]
        right = [f"{count(row['matters'])} · {percent(row['matters'] / answer['all'], 0)}" for row in rungs]
        html = self.head(title, self._finding(answer), legend) + self._buttons(rungs) + self._ways(answer["ways"])
        return {"html": html, "figure": self.figure(pieces, rows, days_axis(answer["all"]), right)}

    def _named(self, rung: str) -> str:
        return self.say(f"rung.{rung}")

    def _way(self, way: list[str]) -> str:
        return ARROW.join(map(self._named, way))

    def _finding(self, answer: dict[str, Any]) -> str:
        said = [
            self.say("ladder.say", n=answer["pressed"], pressed=count(answer["pressed"]), all=count(answer["all"])),
        ]
        unused = [self._named(row["rung"]) for row in answer["rungs"].to_dicts() if not row["matters"]]
        if unused:
            said.append(self.say("ladder.unused", rungs=self.say("ladder.and").join(unused)))
        return self.sentences(*said)

    def _ways(self, ways: pl.DataFrame) -> str:
        """The orders in which matters were pressed, the most frequent first."""
        lines = "".join(
            f"<li>{self.say('ladder.way', n=row['n'], matters=count(row['n']), way=self._way(row['way']))}</li>"
            for row in ways.head(WAYS).to_dicts()
        )
        rest = ways.height - min(ways.height, WAYS)
        more = f"<li>{self.say('ladder.ways', n=rest, rest=count(rest))}</li>" if rest else ""
        return f'<h3>{self.say("ladder.order")}</h3><ul class="told">{lines}{more}</ul>'

    def _tones(self) -> dict[str, tuple[str, str]]:
        colours, steps = self.look.colours, self.look.sequence
        return {
            "onward": (steps[2], colours["ink"]),
            "ended": (colours["idle"], colours["ink"]),
            "open": (colours["late"], colours["on-accent"]),
        }

    def _piece(self, row: dict[str, Any], part: str, tones: tuple[str, str]) -> Piece:
        whole = self.say("of", part=count(row[part]), whole=count(row["matters"]))
        words = f"{self._named(row['rung'])} · {self.say(f'ladder.part.{part}')}: {whole}"
        return Piece(row["rung"], row[part], count(row[part]), words, *tones)

    def _buttons(self, rungs: list[dict[str, Any]]) -> str:
        picked = self.store.picks.get("rung", "")
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(row["rung"] == picked).lower()}" '
            f"{click({'pick': {'rung': row['rung']}})}>{self._named(row['rung'])}</button>"
            for row in rungs
            if row["matters"]
        )
        return f'<div class="chips" role="group" aria-label="{self.say("register.group")}">{buttons}</div>'

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per rung, then one per way that matters went."""
        names = ("matters", "times", *PARTS)
        heads = [self.say(f"ladder.head.{head}") for head in ("rung", *names, "days_after")]
        lines: list[list[Cell]] = [
            [
                self._named(row["rung"]),
                *((count(row[name]), row[name]) for name in names),
                (measure(row["days_after"], "days"), row["days_after"]),
            ]
            for row in answer["rungs"].to_dicts()
        ]
        blank: list[Cell] = ["", "", "", "", ""]
        lines += [[self._way(row["way"]), (count(row["n"]), row["n"]), *blank] for row in answer["ways"].to_dicts()]
        return grid(heads, lines)

    def picked(self, name: str) -> None:
        """A bar is a rung: the register shows the matters that came to it."""
        self.store.hear({"pick": {"rung": name}})
