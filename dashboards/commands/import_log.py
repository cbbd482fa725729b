"""Take in another system's log of cases handed between bodies, as a snapshot of its own."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.commands.days import day
from dashboards.settings import Settings, SettingsError

if TYPE_CHECKING:
    import polars as pl

    from data.logs import Imported

FORMATS = ("table", "json")
EXIT_REFUSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The log, its columns, what its activities are, and where the snapshot goes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the log as CSV, one row per event, UTF-8 or GB18030")
    parser.add_argument("--case", metavar="COL", required=True, help="column that tells one case from another")
    parser.add_argument("--activity", metavar="COL", required=True, help="column that says what was done")
    parser.add_argument("--time", metavar="COL", required=True, help="column of days, or of moments")
    parser.add_argument(
        "--holder", metavar="COL", help="column of the office that has the case from then on; no persons"
    )
    parser.add_argument(
        "--level", metavar="COL", help="column of the holder's level: 0 city … 3 grass roots, or by name"
    )
    parser.add_argument("--due", metavar="COL", help="column of the day on which the case is due")
    parser.add_argument(
        "--map", metavar="ACTIVITY=STEP", action="append", default=[], help="what step an activity is; may be repeated"
    )
    parser.add_argument(
        "--allowed-days", metavar="N", type=int, default=0, help="calendar days allowed at each hop (0)"
    )
    parser.add_argument(
        "--time-zone", metavar="ZONE", default="Asia/Shanghai", help="where a day begins (Asia/Shanghai)"
    )
    parser.add_argument("--known-on", metavar="DATE", type=day, help="day of this state (the last day in the log)")
    parser.add_argument("--format", choices=FORMATS, default="table", help="table by default")
    parser.add_argument(
        "--data", metavar="DIR", help="folder for the snapshot, none that holds a county (CAMPAIGN_DATA)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Publish the log and tell its first figures, or name every row that is wrong and return 1."""
    settings = Settings.read(data=arguments.data)
    maps = _maps(arguments.map)

    from dashboards.commands.output import print_table, to_json
    from dashboards.commands.progress import progress_bar
    from data.exceptions import RefusedError
    from data.logs import Columns, import_log

    columns = Columns(
        arguments.case, arguments.activity, arguments.time, arguments.holder, arguments.level, arguments.due
    )
    try:
        with progress_bar("Importing") as report:
            imported = import_log(
                arguments.file,
                columns,
                settings.data,
                maps=maps,
                known_on=arguments.known_on,
                allowed_days=arguments.allowed_days,
                zone=arguments.time_zone,
                progress=report,
            )
    except RefusedError as error:
        if arguments.format == "json":
            sys.stdout.write(to_json({"published": None, "failures": error.failures.to_dicts()}))
        else:
            print_table(error.failures)
        n = error.failures.height
        print(f"refused: {n:,} {'fault' if n == 1 else 'faults'}; nothing was published", file=sys.stderr)
        return EXIT_REFUSED
    told = _figures(imported)
    if arguments.format == "json":
        sys.stdout.write(to_json(_as_object(imported, told)))
        return 0
    print_table(imported.activities.select("activity", "step", "rows", how=_how()))
    print_table(told)
    for line in _remarks(imported):
        print(line)
    print(f"published {imported.snapshot.id}: look at it with campaign serve --data {settings.data}")
    return 0


def _maps(given: list[str]) -> dict[str, str]:
    maps: dict[str, str] = {}
    for one in given:
        activity, sign, step = (part.strip() for part in one.rpartition("="))
        if not sign or not activity or not step:
            raise SettingsError(f"--map {one!r}: write ACTIVITY=STEP, such as --map 转办=forwarded")
        if maps.setdefault(activity, step) != step:
            raise SettingsError(f"--map {activity!r} is given twice: as {maps[activity]} and as {step}")
    return maps


def _figures(imported: "Imported") -> "pl.DataFrame":
    """The first figures as the dashboards count them, each with how it is counted beside it."""
    import polars as pl

    from queries import Selection
    from queries.handed import figures
    from queries.source import Source

    found = figures(Source.open(imported.snapshot), Selection())
    counted = {name: _counted(name, imported) for name in found["figure"].unique()}
    return found.select(
        "figure",
        "of",
        "value",
        "unit",
        pl.format("{} {}", "n", "counted").alias("n"),
        pl.col("figure").replace_strict(counted, return_dtype=pl.String).alias("how it is counted"),
    )


def _counted(figure: str, imported: "Imported") -> str:
    days = _days(imported)
    n = imported.allowed_days
    beyond = f"beyond the {n} allowed at each hop" if n else "none allowed (--allowed-days), so that all held are stall"
    return {
        "cases": "one per value of the case column",
        "closed": "its last closing activity has no reopening after it",
        "steps": "hand-overs and acts; a row may be both",
        "hops": "a body receives the case: at its first row, and when the holder changes",
        "hops_per_case": "hops over cases",
        "held_days": f"{days}; still held: to {imported.snapshot.known_on}",
        "stall_days": f"{days}; {beyond}",
        "stall_by_level": f"{days}; as stall_days" if imported.has_levels else f"{days}; the log has no levels",
        "stall_by_body": f"{days}; as stall_days",
        "returns": "hops that began with an activity of return",
        "order_kept": "hand-overs to the same level or the next one down"
        if imported.has_levels
        else "the log has no levels",
        "open_after": f"{days} from the first row; cases still open count as far as they are seen (Kaplan–Meier)",
    }[figure]


def _days(imported: "Imported") -> str:
    return f"dates in {imported.zone} apart" if imported.kind == "moment" else "dates apart"


def _how() -> "pl.Expr":
    import polars as pl

    return (
        pl.when("is_known").then(pl.lit("mapped or known by name")).otherwise(pl.lit("unknown: an act of the holder"))
    )


def _remarks(imported: "Imported") -> list[str]:
    if imported.kind == "moment":
        zone = imported.zone
        said = f"The log has moments: steps of one day are in the order of their times; a day is a date in {zone}."
    else:
        turned = " turned round, for its newest rows come first" if imported.is_backwards else ""
        said = f"The log has days: steps of one day are in the order of the file{turned}."
    lines = [f"{said} A stay of two dates counts the days between them, and no part of a day."]
    if imported.repeated:
        n = imported.repeated
        lines.append(f"{n:,} {'row repeats' if n == 1 else 'rows repeat'} an earlier one in every cell: counted once.")
    if not imported.has_holders:
        lines.append(
            "No holder column: " + ("levels stand for bodies." if imported.has_levels else "each case has one hop.")
        )
    if not imported.has_levels:
        lines.append("No level column: all bodies stand at one level.")
    if not imported.has_due:
        lines.append("No due column: no case is ever late.")
    return lines


def _as_object(imported: "Imported", told: "pl.DataFrame") -> dict[str, Any]:
    return {
        "published": imported.snapshot.id,
        "known_on": imported.snapshot.known_on,
        "rows": imported.rows,
        "repeated": imported.repeated,
        "times": imported.kind,
        "time_zone": imported.zone,
        "allowed_days": imported.allowed_days,
        "activities": imported.activities.to_dicts(),
        "figures": told.to_dicts(),
        "remarks": _remarks(imported),
    }
