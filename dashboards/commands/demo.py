"""Make the demonstration county: 29 weekly snapshots of invented data."""

import argparse
import shutil
import tempfile
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder to fill."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder for the snapshots; made if it is missing")


def run(arguments: argparse.Namespace) -> int:
    """Fill the folder and say what it holds."""
    from data.exceptions import SnapshotError
    from data.snapshots import Snapshot

    held = Snapshot.list(arguments.folder)
    if held:
        raise SnapshotError(
            f"{arguments.folder} already holds {len(held)} snapshots, the newest {held[-1].id}: give a new folder"
        )
    make(arguments.folder)
    made = Snapshot.list(arguments.folder)
    print(f"{len(made)} snapshots in {arguments.folder}, known on {made[0].known_on} to {made[-1].known_on}")
    print(f"look at them: campaign serve --data {arguments.folder}")
    return 0


def make(folder: Path) -> None:
    """Make the demonstration county's snapshots in the folder, with a progress bar; all of them or none."""
    from dashboards.commands.progress import progress_bar
    from data.demo import making
    from data.journal import LOG
    from data.line import CURRENT, FOLDER

    folder.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".demo-", dir=folder))
    try:
        with progress_bar("Making the demonstration county") as report:
            making.make(unfinished, progress=report)
        for name in (FOLDER, LOG, CURRENT):
            if (unfinished / name).exists():
                (unfinished / name).rename(folder / name)
    finally:
        _remove(unfinished)


def _remove(folder: Path) -> None:
    """Remove a folder with the read-only snapshots in it."""
    for inner in folder.rglob("*"):
        if inner.is_dir():
            inner.chmod(0o750)
    shutil.rmtree(folder)
