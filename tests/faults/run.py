"""Break publishing and reading in every way we know, and write a table of what came of it.

    .venv/bin/python tests/faults/run.py [--only NAME ...] [--seed N] [--share 1.0] [--processes 2] [--results DIR]

The experiments are mutated, kills, calls, steps, errors, room, power, publishers, readers, drift and histories.
`--share` takes that part of the trials, at least one, another one for each `--seed`. A failure is printed with the seed
or the step that brings it about again: give the seed as `--seed`, with `--only`. The table and every failure are
written to tests/faults/results/.
On two cores the whole takes about two hours, most of it for the start of the thousands of processes that are killed.
It wants Linux, and strace for the system calls.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), str(ROOT)])  # for the processes that are spawned

from outcome import Outcome, timed  # noqa: E402

MEMORY = Path("/dev/shm")
Experiment = Callable[[Path, argparse.Namespace], Outcome]


def _mutated(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from mutants import ROWS, WEEKS, mutate_files
    from tagged import folder_of

    return mutate_files(folder_of(scratch / "data", WEEKS, ROWS), asked.seed, _part(10_000, asked), asked.processes)


def _kills(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from kills import kill_at_random

    return kill_at_random(scratch, asked.seed, _part(1_000, asked), asked.processes)


def _calls(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from kills import can_trace, kill_at_every_call

    if not can_trace():
        return Outcome("SIGKILL at every system call of a publish: not tried, strace is not here or not allowed")
    return kill_at_every_call(scratch, _every(asked), asked.processes, asked.seed)


def _steps(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from kills import kill_at_every_step

    return kill_at_every_step(scratch, _every(asked), asked.processes, asked.seed)


def _errors(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from breaking import break_every_step

    return break_every_step(scratch, _every(asked), asked.processes, asked.seed)


def _room(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from room import run_out_of_room

    return run_out_of_room(scratch, _part(400, asked))


def _power(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from outage import lose_power

    return lose_power(scratch, asked.seed, mixtures=_part(40, asked), mend_every=20, every=_every(asked))


def _publishers(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from contention import publish_at_once

    return publish_at_once(scratch / "data", 8, _part(100, asked))


def _readers(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from contention import read_while_publishing

    return read_while_publishing(scratch / "data", 50, _part(200, asked))


def _drift(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from drift import refuse_all

    return refuse_all(scratch)


def _histories(scratch: Path, asked: argparse.Namespace) -> Outcome:
    from histories import live_through

    return live_through(asked.seed, _part(300, asked), length=30)


EXPERIMENTS: dict[str, Experiment] = {
    "mutated": _mutated,
    "kills": _kills,
    "calls": _calls,
    "steps": _steps,
    "errors": _errors,
    "room": _room,
    "power": _power,
    "publishers": _publishers,
    "readers": _readers,
    "drift": _drift,
    "histories": _histories,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the experiments and write the table; 0 when nothing failed."""
    asked = _parser().parse_args(argv)
    outcomes = []
    for name in asked.only or EXPERIMENTS:
        with tempfile.TemporaryDirectory(prefix="campaign-faults-", dir=MEMORY if MEMORY.is_dir() else None) as scratch:
            print(f"{name} …", file=sys.stderr, flush=True)
            try:
                with timed(Outcome(name)) as time:
                    outcomes.append(EXPERIMENTS[name](Path(scratch), asked))
                outcomes[-1].seconds = time.seconds
            finally:
                _writable(Path(scratch))
        print(outcomes[-1].row(), file=sys.stderr, flush=True)
        _write(asked, outcomes)
    print(_table(asked, outcomes))
    return int(any(outcome.failures for outcome in outcomes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=list(EXPERIMENTS), help="only these experiments")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--share", type=float, default=1.0, help="the part of the trials that is made (1.0, all)")
    parser.add_argument("--processes", type=int, default=2, help="how many processes work at once (2)")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="folder for the table")
    return parser


def _part(count: int, asked: argparse.Namespace) -> int:
    return max(1, round(count * asked.share))


def _every(asked: argparse.Namespace) -> int:
    return max(1, round(1 / asked.share))


def _table(asked: argparse.Namespace, outcomes: list[Outcome]) -> str:
    lines = [
        f"Seed {asked.seed}, {asked.share:.0%} of the trials; {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}.",
        "",
        "| experiment | trials | failures | figures | seconds |",
        "|---|---|---|---|---|",
        *(outcome.row() for outcome in outcomes),
        "",
        *(f"- {outcome.name}: {failure}" for outcome in outcomes for failure in outcome.failures),
    ]
    return "\n".join(lines) + "\n"


def _write(asked: argparse.Namespace, outcomes: list[Outcome]) -> None:
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / f"faults-{_BEGAN}.md").write_text(_table(asked, outcomes), encoding="utf-8")


def _writable(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)


_BEGAN = datetime.now().strftime("%Y%m%d-%H%M%S")

if __name__ == "__main__":
    sys.exit(main())
