"""From the base to the mark: what each rule gave one unit and took from it, as far as it counted."""

from dataclasses import replace
from typing import Any

import polars as pl

from dashboards.charts import SpanChart, Stretch, Track, Upright, days_axis
from dashboards.formats import count, esc
from dashboards.marking import gained, mark, points_of, term, unit_row
from dashboards.markup import Cell, grid, key

ROOM = 0.26
"""The part of the width that is left free for the rules' names."""
UNCOUNTED = ("capped", "part", "superseded", "upheld", "no_rule")


class MarkWaterfall(SpanChart):
    """A bar per rule from where the one before ended; the bars add up to the mark exactly."""

    view = "waterfall"
    shape = "card wide"
    indicator = "coursework_mark"
    height = 360

    def answer(self) -> dict[str, Any]:
        """The unit and its rules: points by the rule, points counted, in the order in which they are added."""
        unit = unit_row(self.store) if term(self.store) else {}
        points = points_of(self.store) if unit else pl.DataFrame()
        return {"unit": unit, "rules": self._rules(points) if unit else [], "points": points}

    def _rules(self, points: pl.DataFrame) -> list[dict[str, Any]]:
        counts = pl.col("state").is_in(["counts", "part"])
        judged = pl.col("state").is_in(["counts", "part", "capped"])
        each = points.group_by("rule_code", "rule_name_zh", "rule_name_en").agg(
            events=pl.len().cast(pl.Int64),
            counting=counts.sum().cast(pl.Int64),
            counted=pl.col("counted").sum().round(4),
            given=pl.col("points").filter(judged).sum().round(4),
            aside=(~judged).sum().cast(pl.Int64),
            cap=pl.col("cap").first(),
        )
        gives = pl.col("given") > 0
        ordered = each.sort(gives, pl.col("counted").abs(), "rule_code", descending=[True, True, False])
        return ordered.to_dicts()

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The rules that gave, then those that took, then what the limits of the mark did."""
        unit, title = answer["unit"], self.say("falls.title")
        if not unit:
            return self.nothing(title)
        name = esc(unit[f"unit_name_{self.look.language}"])
        title = self.say("falls.title.unit", unit=name)
        if unit["coursework_mark"] is None:
            return self.nothing(title, self.say("falls.idle"))
        if not answer["rules"]:
            return self.nothing(title, self.say("falls.base", base=mark(unit["base"])))
        legend = key([(tone, self.say(f"falls.{kind}")) for kind, tone in self._tones().items()]) + self.say(
            "falls.legend", n=answer["points"].height, events=count(answer["points"].height)
        )
        return {"html": self.head(title, self._finding(answer), legend), "figure": self._drawn(answer)}

    def _tones(self) -> dict[str, str]:
        colours = self.look.colours
        return {"bonus": colours["good"], "deduction": colours["bad"], "cut": colours["idle"]}

    def _finding(self, answer: dict[str, Any]) -> str:
        unit = answer["unit"]
        told = {
            "base": mark(unit["base"]),
            "bonus": gained(unit["bonus_points"]),
            "mark": mark(unit["coursework_mark"]),
        }
        said = [self.say("falls.say", deduction=gained(unit["deduction_points"]), **told)]
        if unit["cut_points"]:
            said.append(self.say("falls.limit", cut=gained(unit["cut_points"])))
        states = dict(answer["points"].group_by("state").len().rows())
        said += [
            self.say(f"falls.not.{state}", n=states[state], events=count(states[state]))
            for state in UNCOUNTED
            if state in states
        ]
        if unit["count_pending"]:
            said.append(self.say("falls.pending", n=unit["count_pending"], pending=count(unit["count_pending"])))
        return self.sentences(*said)

    def _drawn(self, answer: dict[str, Any]) -> dict[str, Any]:
        unit, tones, colours = answer["unit"], self._tones(), self.look.colours
        at, reached = unit["base"], [unit["base"], unit["coursework_mark"]]
        tracks, bars = [], []
        for place, rule in enumerate(answer["rules"]):
            end = round(at + rule["counted"], 4)
            beyond = round(at + rule["given"], 4)
            words = self._words(rule)
            if rule["counted"]:
                tone = tones["bonus" if rule["counted"] > 0 else "deduction"]
                bars.append(Stretch(place, min(at, end), max(at, end), words, tone))
            if beyond != end:
                bars.append(Stretch(place, min(end, beyond), max(end, beyond), self._cut(rule), tones["cut"]))
            tracks.append(Track("", self._label(rule), f"{gained(rule['counted'])} \u2192 {mark(end)}"))
            reached += [end, beyond]
            at = end
        if unit["cut_points"]:
            end = unit["coursework_mark"]
            said = self.say("falls.limits")
            bars.append(Stretch(len(tracks), min(at, end), max(at, end), said, tones["cut"]))
            tracks.append(Track("", said, f"{gained(unit['cut_points'])} \u2192 {mark(end)}"))
        plain = days_axis(max(reached) + 0.5, lowest=min(reached) - 0.5)
        axis = replace(plain, start=plain.start - ROOM * (plain.end - plain.start))
        uprights = [
            Upright(unit["base"], self.say("falls.at_base", mark=mark(unit["base"])), colours["muted"]),
            Upright(
                unit["coursework_mark"],
                self.say("falls.at_mark", mark=mark(unit["coursework_mark"])),
                colours["accent"],
                dashed=False,
            ),
        ]
        return self.figure(tracks, axis, bars, uprights=uprights)

    def _name(self, rule: dict[str, Any]) -> str:
        return str(rule[f"rule_name_{self.look.language}"] or rule["rule_code"])

    def _label(self, rule: dict[str, Any]) -> str:
        """The rule's name, with its cap where that was reached: there is little room on a phone."""
        reached = rule["cap"] is not None and rule["given"] != rule["counted"]
        return self._name(rule) + (f" \u00b7 {self.say('falls.cap', cap=gained(rule['cap']))}" if reached else "")

    def _words(self, rule: dict[str, Any]) -> str:
        counted = self.say("falls.events", events=count(rule["counting"]), all=count(rule["events"]))
        words = f"{esc(self._name(rule))} {gained(rule['counted'])} \u00b7 {counted}"
        return words if rule["cap"] is None else f"{words} \u00b7 {self.say('falls.cap', cap=gained(rule['cap']))}"

    def _cut(self, rule: dict[str, Any]) -> str:
        beyond = gained(round(rule["given"] - rule["counted"], 4))
        return f"{esc(self._name(rule))}: {self.say('falls.beyond', points=beyond)}"

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per rule, between the base and the mark."""
        unit = answer["unit"]
        heads = [self.say(f"falls.head.{head}") for head in ("rule", "events", "given", "cap", "counted", "after")]
        empty: list[Cell] = [("", None)] * 3
        at = unit["base"]
        lines: list[list[Cell]] = [[self.say("falls.base_row"), *empty, ("", None), (mark(at), at)]]
        for rule in answer["rules"]:
            at = round(at + rule["counted"], 4)
            cap = ("", None) if rule["cap"] is None else (gained(rule["cap"]), rule["cap"])
            lines.append(
                [
                    self._name(rule),
                    (count(rule["events"]), rule["events"]),
                    (gained(rule["given"]), rule["given"]),
                    cap,
                    (gained(rule["counted"]), rule["counted"]),
                    (mark(at), at),
                ]
            )
        cut, end = unit["cut_points"] or 0.0, unit["coursework_mark"]
        lines.append([self.say("falls.mark_row"), *empty, (gained(cut) if cut else "", cut or None), (mark(end), end)])
        return grid(heads, lines)
