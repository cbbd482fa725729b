"""Write the coursework marks of a term, every point and its evidence, as an Excel workbook."""

import argparse
from pathlib import Path

from dashboards.commands.days import day
from dashboards.settings import Settings, SettingsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The term, the clocks, the rule file to hold it against, the file to write."""
    parser.add_argument("period", metavar="PERIOD", help="a term as the marks name it: 2014, 2014H1, 2014Q2 or 2014-04")
    parser.add_argument("--known-on", metavar="DATE", type=day, help="as known on that day (newest)")
    parser.add_argument("--events-until", metavar="DATE", type=day, help="events up to that day")
    parser.add_argument("--rules", metavar="FILE", type=Path, help="refuse marks made by other rules than this file's")
    parser.add_argument("--out", metavar="FILE", type=Path, help="the workbook (appraisal-PERIOD-DATE.xlsx)")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Work out and write; a file that is there is left as it is."""
    settings = Settings.read(data=arguments.data)

    from dashboards.commands import output
    from dashboards.commands.progress import progress_bar
    from dashboards.commands.reading import opened
    from dashboards.markbook import SHEETS, ledger, write_ledger
    from queries.selection import Selection

    source = opened(settings.data, arguments.known_on)
    path = arguments.out or Path(f"appraisal-{Path(arguments.period).name}-{source.known_on}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise SettingsError(f"{path} is written as an Excel workbook: give a name that ends with .xlsx")
    if path.exists():
        raise FileExistsError(f"{path} is there already: give another name with --out")
    selection = Selection(known_on=source.known_on, events_until=arguments.events_until)
    with progress_bar(arguments.period) as report:
        made = ledger(source, selection, arguments.period, report)
        if arguments.rules is not None:
            _held_against(arguments.rules, arguments.period, made.rules_hash)
        report(len(SHEETS) - 1, len(SHEETS), path.name)
        output.write(path, lambda unfinished: write_ledger(unfinished, made))
        report(len(SHEETS), len(SHEETS), path.name)
    print(f"{made.marked} units marked, {made.ranked} ranked, {source.snapshot_id}: {path}")
    print(f"rules frozen for {arguments.period}: SHA-256 {made.rules_hash}")
    return 0


def _held_against(path: Path, period_id: str, rules_hash: str) -> None:
    """Refuse rules that are not those of the file."""
    from data.appraisal import read_rulebook

    book = read_rulebook(path)
    wanted = book.frozen(period_id).sha256
    if wanted not in rules_hash.split():
        raise SettingsError(
            f"the marks of {period_id} were made by other rules than {path.name}, version {book.version}: "
            f"frozen are {rules_hash}, of the file {wanted}; nothing was written"
        )
