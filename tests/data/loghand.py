"""Logs written by hand: files of a few rows, and what they become."""

from pathlib import Path
from typing import Any

from data.intake import Here
from data.logs import Columns, Imported, import_log

PLAIN = "case,activity,time,office"


def write(folder: Path, *rows: str, header: str = PLAIN, encoding: str = "utf-8") -> Path:
    """A CSV file of these lines."""
    path = folder / "log.csv"
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


def columns_of(header: str) -> Columns:
    """The usual columns, those of holder, level and due where the header has them."""
    names = header.split(",")
    given = {what: name for what, name in (("holder", "office"), ("level", "level"), ("due", "due")) if name in names}
    return Columns("case", "activity", "time", **given)


def imported(
    folder: Path, *rows: str, header: str = PLAIN, encoding: str = "utf-8", data: str = "data", **options: Any
) -> Imported:
    """What these lines become, taken in by this very process."""
    path = write(folder, *rows, header=header, encoding=encoding)
    return import_log(path, columns_of(header), folder / data, reader=Here(), **options)


def steps(found: Imported) -> list[tuple[str, str, str, str | None]]:
    """Each step as case, step, day and receiver's name, in their order."""
    bodies = dict(found.snapshot.frame("bodies").select("body_id", "name_zh").rows())
    events = found.snapshot.frame("matter_events").sort("matter_id", "event_no")
    return [
        (row["matter_id"], row["event_type"], row["happened_on"].isoformat(), bodies.get(row["to_body_id"]))
        for row in events.to_dicts()
    ]
