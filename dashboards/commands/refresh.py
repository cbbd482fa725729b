"""Check a folder of weekly files and publish it as the next snapshot."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.commands.days import day
from dashboards.settings import Settings

if TYPE_CHECKING:
    import polars as pl

HEADINGS = {
    "file": "file",
    "place": "place",
    "rule": "rule",
    "column": "column",
    "value": "value",
    "message": "what to do",
}
EXIT_REFUSED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, the day it was known on, and where snapshots live."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="one file per table: TABLE.csv, .parquet or .xlsx")
    parser.add_argument("--known-on", metavar="DATE", type=day, required=True, help="day of this state, 2014-04-13")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Publish the folder, or name every row that keeps it from being published and return 1."""
    settings = Settings.read(data=arguments.data)

    from dashboards.commands.progress import progress_bar
    from data.exceptions import RefusedError
    from data.refresh import refresh

    try:
        with progress_bar("Refreshing") as report:
            snapshot = refresh(arguments.folder, arguments.known_on, settings.data, progress=report)
    except RefusedError as refused:
        _show(refused.failures)
        print(_verdict(refused.failures), file=sys.stderr)
        return EXIT_REFUSED
    tables = snapshot.manifest.tables
    rows = sum(table.rows for table in tables.values())
    print(f"published {snapshot.id}: known on {snapshot.known_on}, {len(tables)} tables, {rows:,} rows")
    if snapshot.manifest.warnings:
        print("worth a look: " + ", ".join(f"{one.rule} in {one.count} rows" for one in snapshot.manifest.warnings))
    return 0


def _show(failures: "pl.DataFrame") -> None:
    from dashboards.commands.output import print_table

    print_table(failures.select(list(HEADINGS)).rename(HEADINGS))


def _verdict(failures: "pl.DataFrame") -> str:
    count, rules = failures.height, failures["rule"].n_unique()
    return f"refused: {count} failing {'row' if count == 1 else 'rows'} under {rules} " + (
        f"{'rule' if rules == 1 else 'rules'}; nothing was published"
    )
