"""A county at its sixth week, inboxes for the seventh, and the steward's desk over them."""

import sys
from datetime import date, datetime
from pathlib import Path

import polars as pl

from dashboards.desk import Desk
from dashboards.sources import Sources
from data.publishing import Prepared, publish
from data.snapshots import Snapshot

sys.path.insert(0, str(Path(__file__).parents[1] / "data"))
from sending import write_inbox

SIXTH, SEVENTH = date(2014, 4, 20), date(2014, 4, 27)
WARNED = ("V16", "V37")
"""The rules that warn in this week of the demonstration county."""


def county(demo_data: Path, folder: Path) -> Path:
    """A data folder with the fifth and sixth week."""
    for snapshot in Snapshot.list(demo_data)[4:6]:
        publish(Prepared.of(dict(snapshot.tables()), snapshot.known_on), folder)
    return folder


def fill(demo_data: Path, inbox: Path, *, without: str = "C3") -> Path:
    """What the senders send of the seventh week, all but one, with one cell of T1 that said something else before."""
    seventh, sixth = Snapshot.at(demo_data, SEVENTH), Snapshot.at(demo_data, SIXTH)
    tables = dict(seventh.tables())
    known = sixth.frame("visits").filter(pl.col("group_id") == "T1", pl.col("mode") == "on_site")["visit_id"][0]
    restated = pl.col("interview_count") + (pl.col("visit_id") == known).cast(pl.Int32)
    tables["visits"] = tables["visits"].with_columns(restated.cast(tables["visits"].schema["interview_count"]))
    groups = seventh.frame("supervision_groups")["group_id"].to_list()
    write_inbox(inbox, tables, [sender for sender in (*groups, "office") if sender != without])
    return inbox


def spoil(inbox: Path) -> Path:
    """Break the week: an unreadable day, an unknown unit, a workbook that is none, a file of nobody."""
    path = inbox / "T2" / "visits.csv"
    head, first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    names = head.split(",")
    cells = [first.split(","), second.split(",")]
    cells[0][names.index("visited_on")] = "3.10"
    cells[1][names.index("unit_id")] = "U999"
    path.write_text("\n".join([head, *(",".join(each) for each in cells), *rest]) + "\n", encoding="utf-8")
    (inbox / "C3.xlsx").write_bytes(b"no workbook")
    (inbox / "T9.xlsx").write_bytes(b"nobody's")
    return inbox


def desk_of(inbox: Path | None, data: Path, told: list[datetime] | None = None) -> Desk:
    """A desk over a data folder."""
    return Desk(inbox, Sources(data), lambda: told.append(datetime.now()) if told is not None else None)


def looked(inbox: Path, data: Path, known_on: date = SEVENTH) -> Desk:
    """A desk that has looked at an inbox."""
    desk = desk_of(inbox, data)
    desk.look(known_on)
    desk.wait()
    return desk
