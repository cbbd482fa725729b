"""A process that publishes until it is stopped: `python publisher.py FOLDER FIRST COUNT [--kill-at K]`.

The weeks FIRST to FIRST + COUNT - 1 lie in FOLDER/../weeks as pickles. It says "ready" and waits for a line first, so
that whoever started it can make its own preparations. `--kill-at K` makes it kill itself at its K-th step.
"""

import pickle
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def main(folder: Path, first: int, count: int, kill_at: int | None) -> None:
    """Publish; a line for each week once it is done."""
    sys.path.append(str(Path(__file__).parent))
    from steps import Steps, killing

    from data.publishing import publish

    weeks = [
        pickle.loads((folder.parent / "weeks" / f"{number}.pickle").read_bytes())
        for number in range(first, first + count)
    ]
    with TemporaryDirectory(dir=folder.parent) as warm:  # what is loaded at first use is loaded now
        publish(weeks[0], Path(warm))
        _open_again(Path(warm))
    print("ready", flush=True)
    sys.stdin.readline()
    for number, prepared in enumerate(weeks, start=first):
        if kill_at is None:
            publish(prepared, folder)
        else:
            with Steps(folder, kill_at, killing).watching():
                publish(prepared, folder)
        print(number, flush=True)


def _open_again(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[5]) if len(sys.argv) > 4 else None)
