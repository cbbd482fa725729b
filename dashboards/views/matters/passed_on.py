"""Passed on, nothing done: which bodies handed matters on without having begun anything, with the witnesses."""

from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, percent
from dashboards.markup import Cell, Html, grid
from dashboards.store import one
from dashboards.text import known
from dashboards.view import View
from queries.matters import FEWEST_MATTERS
from queries.statistics import clopper_pearson
from queries.stuck import holders

OFFICES = ("party_office", "government_office", "campaign_office")
"""Bodies whose own task it is to pass matters on: theirs is no neglect, only the time they take."""

SHOWN = 20
"""Hand-overs listed for a body, the newest of all: a log of years has thousands."""


class PassedOn(View):
    """One row per body that passed on only; each opens the hand-overs it rests on."""

    view = "passed_on"
    shape = "card wide"
    indicator = "passed_on_only_share"
    tools = ("csv", "png")

    def answer(self) -> dict[str, Any]:
        """The share for all; the bodies that handed on; the hand-overs with nothing done."""
        bodies = self.store.answers.listing(holders).filter(pl.col("handed_on") > 0)
        office = pl.col("body_kind").is_in(OFFICES).fill_null(False)
        hops = self.store.answers.rows("passed_on_only_share").filter(pl.col("numerator") == 1)
        return {
            "all": one(self.store.ask("passed_on_only_share")),
            "bodies": clopper_pearson(bodies.with_columns(is_office=office), "passed_on_only", "handed_on"),
            "hops": hops.sort("arrived_on", "matter_id"),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A table; offices apart, partners never."""
        title, n = self.say("passed.title"), answer["all"].get("denominator")
        if not n:
            return self.nothing(title, self.say("passed.none"))
        bodies: pl.DataFrame = answer["bodies"].filter(~pl.col("is_partner"), pl.col("passed_on_only") > 0)
        bodies = bodies.sort(
            "is_office",
            "passed_on_only",
            "handed_on",
            "body_id",
            descending=[False, True, False, False],
            nulls_last=True,
        )
        legend = self.say("passed.legend", n=count(n))
        if answer["all"]["maturity"] == "immature":
            legend += f" · {self.say('immature')}"
        heads = [self.say(f"passed.head.{head}") for head in ("body", "level", "only", "share", "hops")]
        lines = [self._line(row, answer["hops"]) for row in bodies.to_dicts()]
        return {"html": self.head(title, self._finding(answer), legend) + (grid(heads, lines) if lines else "")}

    def _finding(self, answer: dict[str, Any]) -> str:
        now, bodies = answer["all"], answer["bodies"]
        counts = {"only": count(now["numerator"]), "all": count(now["denominator"])}
        said = [self.say("passed.say", n=now["denominator"], share=percent(now["value"], 0), **counts)]
        of_offices = bodies.filter("is_office")["passed_on_only"].sum()
        if of_offices:
            rest = now["numerator"] - of_offices
            said.append(self.say("passed.offices", n=rest, offices=count(of_offices), rest=count(rest)))
        named = bodies.filter(
            ~pl.col("is_office"), ~pl.col("is_partner"), pl.col("handed_on") >= FEWEST_MATTERS, pl.col("low") > 0.5
        )
        if bodies.filter(~pl.col("is_office"), pl.col("passed_on_only") > 0).height:
            names = self.say("ladder.and").join(esc(self._name(row)) for row in named.to_dicts())
            said.append(
                self.say("passed.named", bodies=names) if names else self.say("passed.few", fewest=FEWEST_MATTERS)
            )
        return self.sentences(*said)

    def _name(self, row: dict[str, Any]) -> str:
        return row[f"body_name_{self.look.language}"] or row["body_id"] or self.say("body.none")

    def _line(self, row: dict[str, Any], hops: pl.DataFrame) -> list[Cell]:
        name = self.body_name(row, self._name(row))
        tag = f' <span class="tag">{self.say("passed.office")}</span>' if row["is_office"] else ""
        part = self.say("of", part=count(row["passed_on_only"]), whole=count(row["handed_on"]))
        interval = self.say("interval", low=percent(row["low"], 0), high=percent(row["high"], 0))
        share = percent(row["passed_on_only"] / row["handed_on"], 0)
        own = hops.filter(pl.col("body_id").eq_missing(row["body_id"]), pl.col("level").eq_missing(row["level"]))
        return [
            Html(f"{name}{tag}"),
            known(self.look.language, f"level.{row['level']}") or self.say("level.none"),
            (part, row["passed_on_only"]),
            Html(f'{share} <span class="n">{interval}</span>'),
            self._witnesses(own),
        ]

    def _witnesses(self, hops: pl.DataFrame) -> Html:
        language = self.look.language
        lines = "".join(
            f"<li>{self.matter_name(row)} · "
            + self.say(
                "passed.hop",
                n=(row["left_on"] - row["arrived_on"]).days,
                came=day(row["arrived_on"], language, year=False),
                left=day(row["left_on"], language, year=False),
                by=known(language, f"step.{row['left_by']}") or row["left_by"],
                days=count((row["left_on"] - row["arrived_on"]).days),
            )
            + "</li>"
            for row in hops.tail(SHOWN).to_dicts()
        )
        left = hops.height - SHOWN
        if left > 0:
            lines += f"<li>{self.say('passed.more', n=left, hops=count(left))}</li>"
        summary = self.say("passed.witnesses", n=hops.height, hops=count(hops.height))
        return Html(f'<details><summary>{summary}</summary><ul class="told">{lines}</ul></details>')
