"""Write the empty workbooks that groups and the office fill in each week."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from data.templates import Origin


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder to fill, and where the snapshots are that the lists are taken from."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder for the workbooks; made if it is missing")
    parser.add_argument(
        "--rules", metavar="FILE", type=Path, help="a rule file for the coursework mark, put into the office's workbook"
    )
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Write one workbook for each group and the office's, and say where their lists come from."""
    settings = Settings.read(data=arguments.data)

    from data.appraisal import read_rulebook
    from data.templates import write_templates

    filled = None if arguments.rules is None else {"appraisal_rules": read_rulebook(arguments.rules).frame()}
    tables, origin = _newest(settings.data)
    paths = write_templates(arguments.folder, tables, origin, filled)
    print(f"{len(paths)} workbooks in {arguments.folder}: {', '.join(path.name for path in paths)}")
    print(f"units, actions and other lists: {origin.en}")
    return 0


def _newest(data_folder: Path) -> "tuple[Mapping[str, pl.DataFrame], Origin]":
    """The tables the lists are taken from: those of the newest snapshot, without any the demonstration county's."""
    from dashboards.commands.reading import tell
    from data.demo import KNOWN_ON
    from data.demo.world import known
    from data.schemas import TABLES
    from data.snapshots import Snapshot
    from data.templates import Origin

    if Snapshot.list(data_folder) or Snapshot.faults(data_folder):
        snapshot = Snapshot.newest(data_folder)
        tell(snapshot.notes)
        day = snapshot.known_on
        zh, en = f"快照 {snapshot.id},数据截至 {day}", f"snapshot {snapshot.id}, known on {day}"
        return snapshot.tables(), Origin(day, zh, en)
    day = KNOWN_ON[-1]
    zh = f"虚构演示县,截至 {day};尚无快照"
    en = f"the demonstration county (invented), known on {day}; there is no snapshot yet"
    return {table: known(table, day) for table in TABLES}, Origin(day, zh, en)
