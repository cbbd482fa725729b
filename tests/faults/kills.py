"""A publisher is killed: at random times, at each of its steps, at each call that it makes of the system."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from outcome import Outcome
from steps import Steps
from tagged import copied, folder_of, number_of_week, week

from data import disk
from data.history import verify_all
from data.publishing import publish
from data.schemas import TABLES
from data.snapshots import Snapshot

WEEKS, AHEAD = 2, 6
CALLS = (
    *("openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "close", "lseek", "ftruncate", "flock"),
    *("mkdir", "rename", "chmod", "unlink", "rmdir", "newfstatat", "fstat", "statfs", "getdents64", "ioctl", "fcntl"),
)


def prepare(scratch: Path) -> Path:
    """The weeks that will be published, and a folder with those before them."""
    (scratch / "weeks").mkdir()
    for number in range(WEEKS, WEEKS + AHEAD):
        (scratch / "weeks" / f"{number}.pickle").write_bytes(pickle.dumps(week(number)))
    return folder_of(scratch / "template", WEEKS)


def kill_at_random(scratch: Path, seed: int, count: int, processes: int) -> Outcome:
    """SIGKILL after a random time in which a few weeks could be published."""
    outcome = Outcome("SIGKILL at random times")
    template = prepare(scratch)
    with ThreadPoolExecutor(processes) as at_once:
        for part in at_once.map(partial(_at_random, scratch, template), range(seed, seed + count)):
            outcome.add(part)
    return outcome


def kill_at_every_call(scratch: Path, every: int, processes: int, first: int = 0) -> Outcome:
    """SIGKILL at the K-th call of every kind, by strace; `every` > 1 leaves calls out, beginning with the `first`."""
    outcome = Outcome("SIGKILL at every system call of a publish")
    template = prepare(scratch)
    made = calls_made(scratch, template)
    outcome.counts["calls a publish makes"] = sum(made.values())
    points = [(call, nth) for call, count in made.items() for nth in range(1, count + 1)][first % every :: every]
    with ThreadPoolExecutor(processes) as at_once:
        for part in at_once.map(partial(_at_call, scratch, template), points):
            outcome.add(part)
    return outcome


def kill_at_every_step(scratch: Path, every: int, processes: int, first: int = 0) -> Outcome:
    """SIGKILL at each step by the publisher's own hand, half-way through it where it is a write."""
    outcome = Outcome("SIGKILL at every step of a publish, half-way through writes")
    template = prepare(scratch)
    total = _steps(scratch, template)
    with ThreadPoolExecutor(processes) as at_once:
        for part in at_once.map(partial(_at_step, scratch, template), range(first % every, total, every)):
            outcome.add(part)
    return outcome


def can_trace() -> bool:
    """Whether strace is here and may watch another process."""
    if shutil.which("strace") is None:
        return False
    with subprocess.Popen(["sleep", "60"]) as watched:
        done = subprocess.run(
            ["timeout", "2", "strace", "-p", str(watched.pid)], capture_output=True, text=True, check=False
        )
        watched.kill()
    return "attached" in done.stderr


def calls_made(scratch: Path, template: Path) -> dict[str, int]:
    """How many calls of each kind one publish makes."""
    folder, trace = copied(template, scratch / "counted"), scratch / "trace"
    with _publisher(folder, 1) as process, _traced(process, "-o", str(trace), "-e", f"trace={','.join(CALLS)}"):
        process.communicate("go\n", timeout=120)
    disk.remove(folder)
    names = re.findall(r"^(\w+)\(", trace.read_text(), re.MULTILINE)
    return {call: names.count(call) for call in CALLS if call in names}


@contextmanager
def _publisher(folder: Path, count: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(Path(__file__).with_name("publisher.py")), str(folder), str(WEEKS), str(count)]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, env=_environment(root)
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@contextmanager
def _traced(process: subprocess.Popen[str], *options: str) -> Iterator[None]:
    with subprocess.Popen(["strace", "-p", str(process.pid), *options], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        yield
        tracer.terminate()


def _at_random(scratch: Path, template: Path, seed: int) -> Outcome:
    part = Outcome("")
    folder = copied(template, scratch / f"killed {seed}")
    with part.trial(f"seed {seed}"):
        with _publisher(folder, AHEAD) as process:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            time.sleep(Random(seed).random() * 0.12 * AHEAD)
            process.kill()
            assert process.stdout is not None
            published = process.stdout.read().split()
        part.counts["killed at work" if process.returncode == -9 else "had ended before"] += 1
        part.counts["weeks published before the kill"] += len(published)
        _is_whole(folder, WEEKS - 1 + len(published), part)
    disk.remove(folder)
    return part


def _at_call(scratch: Path, template: Path, point: tuple[str, int]) -> Outcome:
    call, nth = point
    part = Outcome("")
    folder = copied(template, scratch / f"killed {call} {nth}")
    with part.trial(f"{call} {nth}"):
        fault = f"inject={call}:signal=KILL:when={nth}"
        with _publisher(folder, 1) as process, _traced(process, "-o", "/dev/null", "-e", fault):
            published = process.communicate("go\n", timeout=120)[0].split()
        part.counts["killed at work" if process.returncode == -9 else "had ended before"] += 1
        _is_whole(folder, WEEKS - 1 + len(published), part)
    disk.remove(folder)
    return part


def _at_step(scratch: Path, template: Path, step: int) -> Outcome:
    part = Outcome("")
    folder = copied(template, scratch / f"killed {step}")
    with part.trial(f"step {step}"):
        with _publisher(folder, 1, "--kill-at", str(step)) as process:
            published = process.communicate("go\n", timeout=120)[0].split()
        assert process.returncode == -9
        part.counts["killed at work"] += 1
        _is_whole(folder, WEEKS - 1 + len(published), part)
    disk.remove(folder)
    return part


def _is_whole(folder: Path, said: int, part: Outcome) -> None:
    """A reader sees the week that was last said to be published, or the one after it; the next refresh works."""
    seen = Snapshot.newest(folder)
    number = number_of_week(seen, tuple(TABLES))
    assert seen.notes == (), seen.notes
    assert number in (said, said + 1), f"week {number} is seen after week {said} was said to be published"
    part.counts["former week seen" if number == said else "new week seen"] += 1
    publish(week(number + 1), folder)
    assert number_of_week(Snapshot.newest(folder), tuple(TABLES)) == number + 1
    assert list((folder / "staging").iterdir()) == []
    faults = [fault for _, found in verify_all(folder) for fault in found]
    assert faults == [], faults


def _steps(scratch: Path, template: Path) -> int:
    folder = copied(template, scratch / "counted")
    with Steps(folder).watching() as steps:
        publish(week(WEEKS), folder)
    disk.remove(folder)
    return steps.taken


def _environment(root: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": root}
