"""The register by what its matters are: lead body, level where they stalled, class, three mosts, urgency, source."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc
from dashboards.markup import click
from dashboards.register import NAMES, OPEN, YES, matters, stalled
from dashboards.view import View

MOST = 6
"""Of lead bodies so many are shown."""
KINDS = ("category", "mosts", "urgency", "source", "level", "body")
COLUMNS = {"category": "matter_class", "urgency": "urgency", "source": "source", "body": "body_id"}


class MatterShares(View):
    """A list per kind, folded until one is picked: each member with its matters, and a button that picks them."""

    view = "matter_shares"
    shape = "card wide"
    tools = ("png",)

    def answer(self) -> dict[str, pl.DataFrame]:
        """By kind, one row per member: its code and how many matters it has, all, open, overdue and closed late."""
        found = matters(self.store)
        levels = stalled(self.store).select("matter_id", code=pl.col("level").cast(pl.String)).unique()
        coded = {kind: found.with_columns(code=pl.col(column)) for kind, column in COLUMNS.items()}
        yes = pl.when(pl.col("three_mosts")).then(pl.lit(YES)).otherwise(pl.lit("no"))
        coded["mosts"] = found.with_columns(code=yes)
        coded["level"] = found.join(levels.drop_nulls(), on="matter_id", how="inner")
        return {kind: _counted(coded[kind]) for kind in KINDS}

    def patch(self, answer: dict[str, pl.DataFrame]) -> dict[str, Any]:
        """Six lists."""
        title, n = self.say("shares.title"), matters(self.store).height
        if not n:
            return self.nothing(title, self.say("stuck.none"))
        lists = "".join(self._list(kind, answer[kind], n) for kind in KINDS)
        legend = self.say("shares.legend", n=n, all=count(n))
        is_open = " open" if set(KINDS) & set(self.store.picks) else ""
        summary = f"<summary>{self.say('shares.open')}</summary>"
        folded = f'<details{is_open}>{summary}<div class="three">{lists}</div></details>'
        return {"html": self.head(title, self._finding(answer), legend) + folded}

    def _finding(self, answer: dict[str, pl.DataFrame]) -> str:
        most = answer["category"].row(0, named=True)
        name = NAMES["category"](self.store, most["code"])
        tagged = answer["mosts"].filter(pl.col("code") == YES)["matters"].sum()
        return self.say(
            "shares.say", n=tagged, category=esc(name), matters=count(most["matters"]), tagged=count(tagged)
        )

    def _list(self, kind: str, rows: pl.DataFrame, n: int) -> str:
        shown = rows.head(MOST) if kind == "body" else rows
        items = "".join(self._item(kind, row, n) for row in shown.to_dicts()) or f"<li>{self.say('stall.none')}</li>"
        rest = rows.height - shown.height
        more = f'<li class="n">{self.say("shares.rest", n=rest, rest=count(rest))}</li>' if rest else ""
        return f'<div><h3>{self.say(f"shares.{kind}")}</h3><ul class="bars">{items}{more}</ul></div>'

    def _item(self, kind: str, row: dict[str, Any], n: int) -> str:
        name = esc(NAMES[kind](self.store, row["code"]) or row["code"])
        pressed = str(self.store.picks.get(kind) == row["code"]).lower()
        told = click({"pick": {kind: row["code"]}})
        counts = {key: count(row[key]) for key in ("matters", "open", "overdue", "late")}
        return (
            f'<li><button class="name" {told} aria-pressed="{pressed}">{name}</button>'
            f'<span class="track"><i style="width:{100 * row["matters"] / n:.0f}%"></i></span>'
            f'<span class="n">{self.say("shares.of", n=row["matters"], **counts)}</span></li>'
        )


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    return (
        frame.group_by("code")
        .agg(
            matters=pl.len().cast(pl.Int64),
            open=OPEN.sum().cast(pl.Int64),
            overdue=(pl.col("light") == "red").sum().cast(pl.Int64),
            late=(pl.col("light") == "done_late").sum().cast(pl.Int64),
        )
        .sort("matters", "overdue", "open", "code", descending=[True, True, True, False])
    )
