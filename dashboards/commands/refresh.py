"""Check a week's files against rules and last week, and publish them as the next snapshot."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.commands.days import day
from dashboards.settings import Settings, SettingsError

if TYPE_CHECKING:
    import polars as pl

    from data.gate import Examined
    from data.snapshots import Snapshot

HEADINGS = {
    "file": "file",
    "place": "place",
    "rule": "rule",
    "column": "column",
    "value": "value",
    "message": "what to do",
}
FORMATS = ("table", "json")
EXIT_REFUSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The inbox, the day it was known on, the sign-offs, and where snapshots live."""
    parser.add_argument(
        "inbox", metavar="INBOX", type=Path, help="the groups' workbooks (T1.xlsx …, office.xlsx), or whole tables"
    )
    parser.add_argument("--known-on", metavar="DATE", type=day, required=True, help="day of this state, 2014-04-13")
    parser.add_argument("--full", action="store_true", help="the folder holds whole tables: TABLE.csv, .parquet, .xlsx")
    parser.add_argument("--dry-run", action="store_true", help="check and compare, and publish nothing")
    parser.add_argument(
        "--accept", metavar="RULE", action="append", default=[], help="sign off a warning; give --because after it"
    )
    parser.add_argument(
        "--build-on", metavar="ID", help="leave damaged newer snapshots out; give its --because after all others"
    )
    parser.add_argument("--because", metavar="TEXT", action="append", default=[], help="why, one for each of those")
    parser.add_argument("--format", choices=FORMATS, default="table", help="table by default")
    parser.add_argument("--keep", metavar="N", help="how many snapshots are kept (CAMPAIGN_KEEP)")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Publish the week, or name every row that keeps it from being published and return 1."""
    settings = Settings.read(data=arguments.data, keep=arguments.keep)
    accepted, because = _reasons(arguments)

    from dashboards.commands.progress import progress_bar
    from dashboards.commands.reading import tell
    from dashboards.desk import moved
    from data.publishing import publish
    from data.refresh import look

    with progress_bar("Refreshing") as report:
        report(0, 2, f"checking {arguments.inbox.name}")
        today = date.today()
        found = look(arguments.inbox, arguments.known_on, settings.data, today=today, full=arguments.full or None)
        report(1, 2, "checked")
        moves = moved(found)
        _check_base(found, arguments.build_on)
        stopped = found.is_refused or bool(found.unsigned(accepted)) or bool(found.left_out and not because)
        snapshot = (
            None
            if stopped or arguments.dry_run
            else publish(found.prepare(accepted, because), settings.data, keep=settings.keep)
        )
        report(2, 2, "" if snapshot is None else snapshot.id)
    tell(found.notes)
    if not found.is_sunday:
        tell([f"{found.known_on} is no Sunday: weeks are frozen on Sundays"])
    if arguments.format == "json":
        from dashboards.commands.output import to_json

        sys.stdout.write(to_json(_told(found, accepted, snapshot, moves)))
    else:
        _show(found, accepted, moves)
    if snapshot is not None:
        tell(snapshot.notes)
    verdict = _verdict(found, accepted, because, snapshot)
    print(verdict, file=sys.stderr if stopped or arguments.format == "json" else sys.stdout)
    return EXIT_REFUSED if stopped else 0


def _check_base(found: "Examined", build_on: str | None) -> None:
    """SettingsError when another snapshot was to be built on than the newest that is intact."""
    if build_on is not None and (found.former is None or found.former.id != build_on or not found.left_out):
        newest = found.former.id if found.former is not None else "none"
        raise SettingsError(
            f"--build-on {build_on}: the newest intact snapshot is {newest}, and "
            + ("that one is built on" if found.left_out else "nothing after it is damaged: leave --build-on out")
        )


def _reasons(arguments: argparse.Namespace) -> tuple[dict[str, str], str]:
    """The sign-offs, and why snapshots are left out: as many reasons as those, or one for all of them."""
    rules, reasons = arguments.accept, arguments.because
    wanted = len(rules) + (arguments.build_on is not None)
    if len(reasons) == 1:
        reasons = reasons * wanted
    if wanted != len(reasons) or not all(reason.strip() for reason in reasons):
        asked = "--accept" if arguments.build_on is None else "--accept and for --build-on"
        raise SettingsError(
            f"{_n(wanted, 'reason is', 'reasons are')} wanted, {len(reasons)} given: "
            f'give --because "…" for each {asked}'
        )
    from data.rules import RULES

    known = {rule.code: rule for rule in RULES}
    for rule in rules:
        if rule not in known:
            raise SettingsError(f"there is no rule {rule!r}: the rules are {', '.join(known)}")
        if known[rule].severity == "error":
            raise SettingsError(f"{rule} is an error and cannot be accepted: its rows have to be mended")
    return dict(zip(rules, reasons, strict=False)), reasons[-1] if arguments.build_on is not None else ""


def _show(found: "Examined", accepted: dict[str, str], moves: "pl.DataFrame | None") -> None:
    import polars as pl

    from dashboards.commands.output import print_table
    from data.telling import sentences

    if found.is_refused:
        print_table(found.failures.select(list(HEADINGS)).rename(HEADINGS))
    for warning in found.warnings:
        rule, reason = warning.rule, accepted.get(warning.rule.code)
        before = f", {warning.count - warning.new} accepted before, {warning.new} new" if warning.because else ""
        print(
            f"{rule.code} {rule.en}: {_n(warning.count, 'row', 'rows')}{before}"
            + (f", accepted: {reason}" if reason else "")
        )
        if not warning.new:
            continue
        print_table(warning.cells.select("file", "place", "column", "value").head(SHOWN))
        if (more := warning.cells.height - SHOWN) > 0:
            print(f"… and {more:,} more: --format json has all")
    if found.former is not None and not found.is_refused:
        print(f"Compared with {found.former.id}:")
        print("\n".join(f"  {line}" for line in sentences(found.differences, "en")))
    if moves is not None:
        print("How the headline figures move, and why (news of old events: learnt late or restated):")
        print_table(_county(moves))
    for group, since in found.silent.filter(~pl.col("group_id").is_in(found.resent)).iter_rows():
        print(f"{group} has sent nothing" + (f" since {since}" if since else " so far"))
    for sender in found.resent:
        print(f"{sender} has sent nothing new: its files were taken in with an earlier week")


def _county(moves: "pl.DataFrame") -> "pl.DataFrame":
    """The rows for all groups together, as people read them."""
    import polars as pl

    return moves.filter(pl.col("group_id").is_null()).select(
        "indicator",
        pl.col("before").alias("last week"),
        pl.col("moved_by_news_of_old").alias("by news of old events"),
        pl.col("moved_by_new_events").alias("by new events"),
        pl.col("now").alias("this week"),
    )


SHOWN = 10
"""Rows of a warning that the terminal shows; --format json has them all."""


def _told(
    found: "Examined", accepted: dict[str, str], snapshot: "Snapshot | None", moves: "pl.DataFrame | None"
) -> dict[str, Any]:
    from data.difference import summary
    from data.telling import sentences

    return {
        "known_on": found.known_on,
        "former": None if found.former is None else found.former.id,
        "notes": list(found.notes),
        "left_out": list(found.left_out),
        "is_sunday": found.is_sunday,
        "published": None if snapshot is None else snapshot.id,
        "rules": found.results().to_dicts(),
        "failures": found.failures.to_dicts(),
        "warnings": [
            {
                "rule": warning.rule.code,
                "rows": warning.count,
                "new": warning.new,
                "accepted_before": warning.count - warning.new,
                "because": accepted.get(warning.rule.code) or warning.because or None,
                "cells": warning.cells.to_dicts(),
            }
            for warning in found.warnings
        ],
        "changes": found.changes.to_dicts(),
        "unchanged": found.unchanged,
        "difference": summary(found.differences).to_dicts(),
        "sentences": {language: sentences(found.differences, language) for language in ("zh", "en")},
        "silent": found.silent.to_dicts(),
        "resent": list(found.resent),
        "moves": [] if moves is None else moves.to_dicts(),
    }


def _verdict(found: "Examined", accepted: dict[str, str], because: str, snapshot: "Snapshot | None") -> str:
    if found.is_refused:
        return f"refused: {_counted(found.failures)}; nothing was published"
    if unsigned := found.unsigned(accepted):
        from data.exceptions import UnsignedError

        return str(UnsignedError(unsigned))
    if found.left_out and not because:
        return found.dropping
    if snapshot is None:
        return "nothing stands against this week; nothing was published, as asked"
    tables = snapshot.manifest.tables
    rows = sum(table.rows for table in tables.values())
    return f"published {snapshot.id}: known on {snapshot.known_on}, {len(tables)} tables, {rows:,} rows"


def _counted(failures: "pl.DataFrame") -> str:
    count, rules = failures.height, failures["rule"].n_unique()
    return f"{_n(count, 'failing cell', 'failing cells')} under {_n(rules, 'rule', 'rules')}"


def _n(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
