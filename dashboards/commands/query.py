"""Answer one indicator: by group, unit type, week or unit, or over all; or list the rows behind it."""

import argparse
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.commands.days import day
from dashboards.settings import Settings, SettingsError

if TYPE_CHECKING:
    import polars as pl

    from queries.selection import Selection
    from queries.source import Source

DIMENSIONS = (
    *("group", "unit_type", "week", "unit"),
    *("stage", "action", "body", "level", "category", "aspect", "state"),
)
STATISTICS = ("wilson", "exact", "funnel", "shrinkage", "ranks")
FORMATS = ("table", "csv", "json", "parquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The indicator, the grain, the selection and the format."""
    parser.add_argument("name", metavar="NAME", help="an indicator or a listing; `campaign indicators` names them")
    parser.add_argument(
        "--by", action="append", choices=(*DIMENSIONS, "all"), help="grain of the answer; repeat it for a combination"
    )
    parser.add_argument(
        "--with", dest="statistic", choices=STATISTICS, help="what chance allows beside each row of a share"
    )
    parser.add_argument("--of", metavar="NAME", help="the share whose values by group `group_balance` compares")
    parser.add_argument("--rows", action="store_true", help="the rows behind the number instead of the number")
    parser.add_argument("--format", choices=FORMATS, default="table", help="table by default")
    parser.add_argument("--output", metavar="FILE", type=Path, help="write to a file instead of printing")
    add_selection(parser)


def add_selection(parser: argparse.ArgumentParser) -> None:
    """What of which snapshot is asked about."""
    parser.add_argument("--group", nargs="+", action="extend", default=[], metavar="ID", help="only these groups")
    parser.add_argument("--unit-type", nargs="+", action="extend", default=[], metavar="TYPE", help="only these types")
    parser.add_argument("--from", dest="first", metavar="WEEK", help="first week: a campaign week or a day within it")
    parser.add_argument("--to", dest="last", metavar="WEEK", help="last week: a campaign week or a day within it")
    parser.add_argument("--known-on", metavar="DATE", type=day, help="as known on that day (newest)")
    parser.add_argument("--events-until", metavar="DATE", type=day, help="events up to that day")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Answer and write."""
    settings = Settings.read(data=arguments.data)

    from dashboards.commands.reading import opened
    from queries.catalog import indicator
    from queries.judging import judged
    from queries.listings import LISTINGS
    from queries.run import rows, run

    is_listing = arguments.name in LISTINGS
    defined = None if is_listing else indicator(arguments.name, arguments.of)
    if is_listing and (arguments.by or arguments.of or arguments.rows or arguments.statistic):
        raise SettingsError(f"{arguments.name} is a list of rows already: leave out --by, --of, --rows and --with")
    source = opened(settings.data, arguments.known_on)
    selection = selected(arguments, source)
    if defined is None:
        frame = LISTINGS[arguments.name](source, selected(arguments, source, to_come=True))
    elif arguments.rows:
        frame = rows(arguments.name, source, selection, arguments.of)
    else:
        frame = run(arguments.name, source, selection, _grain(arguments.by or ["all"]), arguments.of)
        if arguments.statistic:
            frame = judged(frame, defined, arguments.statistic)
    asked = {"of": arguments.of, "with": arguments.statistic}
    further = {name: value for name, value in asked.items() if value}
    kind = "listing" if is_listing else "indicator"
    head = {
        kind: arguments.name,
        **further,
        "selection": asdict(selection),
        "snapshot": source.snapshot_id,
        "notes": source.notes,
    }
    _write(frame, head, arguments.format, arguments.output)
    return 0


def selected(arguments: argparse.Namespace, source: "Source", *, to_come: bool = False) -> "Selection":
    """The selection that the arguments of `add_selection` name, with every end filled in.

    With `to_come` the period stays open where no week is named, so that a calendar goes on beyond today.
    """
    from queries.selection import Selection

    whole = Selection(
        known_on=arguments.known_on,
        events_until=arguments.events_until,
        groups=tuple(arguments.group),
        unit_types=tuple(arguments.unit_type),
    ).resolve(source)
    assert whole.period is not None
    if to_come and not arguments.first and not arguments.last:
        return replace(whole, period=None)
    first, last = whole.period
    first = _week(arguments.first, source) if arguments.first else first
    last = _week(arguments.last, source) if arguments.last else last
    return replace(whole, period=(first, last)).resolve(source)


def _grain(given: list[str]) -> tuple[str, ...]:
    if given == ["all"]:
        return ()
    if "all" in given:
        raise SettingsError(f"--by all means one number over all: leave out {' and '.join(set(given) - {'all'})}")
    return tuple(dict.fromkeys(given))


def _week(text: str, source: "Source") -> int:
    """The campaign week a number names or a day lies in."""
    if text.isdecimal():
        return int(text)
    try:
        return source.extent.week_of(date.fromisoformat(text))
    except ValueError:
        raise SettingsError(f"{text!r} is neither a campaign week nor a day: give 7 or 2014-04-21") from None


def _write(frame: "pl.DataFrame", head: dict[str, object], kind: str, target: Path | None) -> None:
    from dashboards.commands import output

    if kind == "parquet":
        if target is not None:
            output.write(target, frame.write_parquet)
        elif sys.stdout.isatty():
            raise SettingsError("parquet is not for a terminal: add --output FILE or send it into a program")
        else:
            frame.write_parquet(sys.stdout.buffer)
        return
    if kind == "table" and target is None:
        output.print_table(frame)
        return
    texts = {
        "json": lambda: output.to_json(head | {"rows": frame.to_dicts()}),
        "csv": lambda: output.to_csv(frame),
        "table": lambda: output.to_table(frame),
    }
    text = texts[kind]()
    if target is None:
        sys.stdout.write(text)
    else:
        output.write(target, lambda path: path.write_text(text, encoding="utf-8"))
