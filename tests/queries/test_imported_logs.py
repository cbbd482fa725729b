"""Imported logs: stall, hops, order, returns and the share open, by the indicators and by plain loops over the rows.

The loops read the very lines of the file; what they know of the import are its conventions, and none of its code.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from data.intake import Here
from data.logs import Columns, import_log
from queries import Selection, Source, rows, run
from queries.handed import OPEN_AFTER, figures
from queries.matters import bottleneck
from queries.statistics import share_open
from queries.stuck import holders, standing_matters

OFFICES = {"县委督查室": 1, "县政府办公室": 1, "林业局": 2, "城关镇": 2, "南关街道": 2, "便民服务站": 3}
ACTIVITIES = ("转办", "转办", "办理", "反馈", "退回", "审核", "签收", "催办", "办结", "重新打开", "撤销")
HANDING = {"转办": "forwarded", "退回": "returned", "重新打开": "reopened"}
ENDS = {"办结": "closed", "撤销": "cancelled"}
START = datetime(2014, 3, 5)

Row = dict[str, Any]


def a_log(chance: Random, *, of_moments: bool) -> list[Row]:
    """Random rows of some cases in the order they were written; some holders are not named."""
    found: list[Row] = []
    for number in range(chance.randint(1, 12)):
        at = START + timedelta(minutes=chance.randint(0, 60 * 24 * 40))
        for step in range(chance.randint(1, 12)):
            named = chance.random() < 0.85
            activity = "立项" if step == 0 else chance.choice(ACTIVITIES)
            when = at.strftime("%Y-%m-%d %H:%M" if of_moments else "%Y-%m-%d")
            found.append(
                {
                    "case": f"C{number}",
                    "activity": activity,
                    "time": when,
                    "office": chance.choice(list(OFFICES)) if named else "",
                    "number": str(len(found)),
                }
            )
            at += timedelta(minutes=chance.choice((0, 30, 700, 1500, 9000, 40000)))
    if of_moments:
        chance.shuffle(found)
    return found


class Loops:
    """What a person with a pencil makes of the rows."""

    def __init__(self, log: list[Row], until: date, allowed: int) -> None:
        self.until, self.allowed = until, allowed
        self.hops: list[Row] = []
        self.matters: dict[str, tuple[str | None, int]] = {}
        cases: dict[str, list[Row]] = defaultdict(list)
        for row in log:
            cases[row["case"]].append(row)
        for case, own in cases.items():
            own.sort(key=lambda row: row["time"])
            self._follow(case, own)

    def _follow(self, case: str, own: list[Row]) -> None:
        parts: list[list[Row]] = [[]]
        for row in own:
            if row["activity"] == "重新打开" and (parts[0] or len(parts) > 1):
                parts.append([])
            parts[-1].append(row)
        holder, end, hop, last_end = None, None, None, None
        for nth, part in enumerate(parts):
            ends = [place for place, row in enumerate(part) if row["activity"] in ENDS]
            for place, row in enumerate(part):
                on = date.fromisoformat(row["time"][:10])
                if ends and place > ends[-1]:
                    break
                reopens = row["activity"] == "重新打开" and nth > 0
                came = row["office"] or holder or "未注明"
                if holder is None or came != holder or (reopens and end == "closed"):
                    by = "registered" if holder is None else HANDING.get(row["activity"], "forwarded")
                    if hop is not None and hop["left_on"] is None:
                        hop["left_on"] = on
                    hop = {"case": case, "body": came, "by": by, "arrived_on": on, "left_on": None}
                    self.hops.append(hop)
                    holder = came
                if reopens:
                    end = None
                if ends and place == ends[-1] and (row["activity"] == "办结" or nth == len(parts) - 1):
                    assert hop is not None
                    end, last_end, hop["left_on"] = ENDS[row["activity"]], on, on
        began = date.fromisoformat(own[0]["time"][:10])
        self.matters[case] = (end, ((last_end if end and last_end else self.until) - began).days)

    def days(self, hop: Row) -> int:
        return ((hop["left_on"] or self.until) - hop["arrived_on"]).days

    def stall(self, hop: Row) -> int:
        return max(0, self.days(hop) - self.allowed)

    def level(self, hop: Row) -> int:
        return OFFICES.get(hop["body"], 2)

    def order(self) -> tuple[int, int]:
        kept = of = 0
        for before, hop in zip(self.hops, self.hops[1:], strict=False):
            if before["case"] == hop["case"] and hop["by"] == "forwarded":
                of += 1
                kept += 0 <= self.level(hop) - self.level(before) <= 1
        return (kept, of) if len({self.level(hop) for hop in self.hops}) > 1 else (0, 0)

    def open_after(self, days: int) -> float | None:
        share = 1.0
        for day in sorted({age for end, age in self.matters.values() if end and age <= days}):
            at_risk = sum(age >= day for _, age in self.matters.values())
            share *= 1 - sum(bool(end) and age == day for end, age in self.matters.values()) / at_risk
        watched = any(age >= days for _, age in self.matters.values())
        return share if watched or share == 0 else None


def opened(folder: Path, log: list[Row], allowed: int) -> Source:
    path = folder / "log.csv"
    levelled = [row | {"level": str(OFFICES[row["office"]]) if row["office"] else ""} for row in log]
    lines = [",".join(levelled[0]), *(",".join(row.values()) for row in levelled), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    columns = Columns("case", "activity", "time", "office", "level")
    return Source.open(import_log(path, columns, folder / "data", allowed_days=allowed, reader=Here()).snapshot)


@pytest.mark.parametrize("seed", range(60))
def test_an_imported_log_and_plain_loops_tell_the_same(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    log = a_log(chance, of_moments=seed % 2 == 0)
    allowed = chance.choice((0, 0, 3, 10))
    source = opened(tmp_path, log, allowed)
    loops = Loops(log, source.known_on, allowed)
    whole = Selection()
    hops = rows("stall_days", source, whole).sort("matter_id", "hop_no")
    expected = [
        (hop["case"], hop["body"], loops.level(hop), hop["by"], hop["arrived_on"], hop["left_on"], loops.days(hop))
        for hop in sorted(loops.hops, key=lambda hop: hop["case"])
    ]
    columns = ("matter_id", "body_name_zh", "level", "arrived_by", "arrived_on", "left_on", "held_days")
    assert hops.select(columns).rows() == expected
    assert hops["numerator"].to_list() == [loops.stall(hop) for hop in sorted(loops.hops, key=lambda hop: hop["case"])]

    total = run("stall_days", source, whole, ()).row(0, named=True)
    assert total["value"] == sum(map(loops.stall, loops.hops))
    by_level: dict[int, int] = defaultdict(int)
    by_body: dict[str, int] = defaultdict(int)
    for hop in loops.hops:
        by_level[loops.level(hop)] += loops.stall(hop)
        by_body[hop["body"]] += loops.stall(hop)
    assert dict(bottleneck(source, whole).select("level", "stall_days").rows()) == by_level
    assert dict(holders(source, whole).select("body_name_zh", "stall_days").rows()) == by_body

    per_case = run("matter_hops", source, whole, ()).row(0, named=True)
    assert (per_case["numerator"], per_case["denominator"]) == (len(loops.hops), len(loops.matters))
    returned = run("return_share", source, whole, ()).row(0, named=True)
    assert returned["numerator"] == sum(hop["by"] == "returned" for hop in loops.hops)

    matters = standing_matters(source, whole)
    told = {row["matter_id"]: (row["end"], row["open_days"]) for row in matters.to_dicts()}
    assert told == loops.matters
    curve = share_open(matters, days="open_days", ended="end", entered="watched_from")
    assert all(row["share_open"] == pytest.approx(loops.open_after(row["days"])) for row in curve.to_dicts())


@pytest.mark.parametrize("seed", range(60, 90))
def test_the_figures_told_after_an_import_are_those_of_the_loops(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    log = a_log(chance, of_moments=seed % 2 == 0)
    source = opened(tmp_path, log, 2)
    loops = Loops(log, source.known_on, 2)
    found = figures(source, Selection(), most=99)
    told = {row["figure"]: (row["value"], row["n"]) for row in found.filter(pl.col("of").is_null()).to_dicts()}
    kept, of_order = loops.order()
    n = len(loops.hops)
    assert told["cases"] == (len(loops.matters), len(loops.matters))
    assert told["closed"][0] == sum(end == "closed" for end, _ in loops.matters.values())
    assert told["hops"] == (n, n)
    assert told["held_days"] == (sum(map(loops.days, loops.hops)), n)
    assert told["stall_days"] == (sum(map(loops.stall, loops.hops)), n)
    assert told["order_kept"] == (pytest.approx(kept / of_order) if of_order else None, of_order)
    assert told["returns"] == (pytest.approx(sum(hop["by"] == "returned" for hop in loops.hops) / n), n)
    after = found.filter(figure="open_after").row(0, named=True)
    share = loops.open_after(OPEN_AFTER)
    assert after["value"] == (None if share is None else pytest.approx(share))
    assert after["n"] == len(loops.matters)
    by_body = found.filter(figure="stall_by_body")
    assert by_body["value"].sum() == told["stall_days"][0] == found.filter(figure="stall_by_level")["value"].sum()
