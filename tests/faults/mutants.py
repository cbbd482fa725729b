"""Parquet files changed at random under the served snapshot: the last good week is shown each time, and its figures."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from random import Random

from outcome import Outcome
from tagged import frames, number_of_week

from data.intake.parquet import read_parquet
from data.intake.sheet import Limits, UnreadableError
from data.schemas import TABLES, polars_schema
from data.snapshots import Snapshot

WEEKS, ROWS = 2, 400
HANG_S = 5.0
CHUNK = 25

Mutator = Callable[[bytearray, Random], None]


def _flip(content: bytearray, random: Random) -> None:
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)


def _flip_many(content: bytearray, random: Random) -> None:
    for _ in range(random.randrange(2, 40)):
        _flip(content, random)


def _overwrite(content: bytearray, random: Random) -> None:
    content[random.randrange(len(content))] = random.randrange(256)


def _zeros(content: bytearray, random: Random) -> None:
    start, stop = _range(content, random)
    content[start:stop] = bytes(stop - start)


def _ones(content: bytearray, random: Random) -> None:
    start, stop = _range(content, random)
    content[start:stop] = b"\xff" * (stop - start)


def _noise(content: bytearray, random: Random) -> None:
    start, stop = _range(content, random)
    content[start:stop] = random.randbytes(stop - start)


def _swap(content: bytearray, random: Random) -> None:
    size = random.randrange(1, max(2, len(content) // 8))
    one, other = random.randrange(len(content) - size), random.randrange(len(content) - size)
    content[one : one + size], content[other : other + size] = (
        content[other : other + size],
        content[one : one + size],
    )


def _cut_tail(content: bytearray, random: Random) -> None:
    del content[random.randrange(len(content)) :]


def _cut_head(content: bytearray, random: Random) -> None:
    del content[: random.randrange(1, len(content))]


def _insert(content: bytearray, random: Random) -> None:
    at = random.randrange(len(content))
    content[at:at] = random.randbytes(random.randrange(1, 200))


def _remove(content: bytearray, random: Random) -> None:
    start, stop = _range(content, random)
    del content[start:stop]


def _footer(content: bytearray, random: Random) -> None:
    length = int.from_bytes(content[-8:-4], "little") + 8
    content[random.randrange(len(content) - length, len(content))] = random.randrange(256)


def _repeat(content: bytearray, random: Random) -> None:
    start, stop = _range(content, random)
    content[stop:stop] = content[start:stop]


MUTATORS: tuple[Mutator, ...] = (
    *(_flip, _flip_many, _overwrite, _zeros, _ones, _noise, _swap, _cut_tail, _cut_head, _insert, _remove, _footer),
    _repeat,
)


def mutate_files(folder: Path, first: int, count: int, processes: int) -> Outcome:
    """So many mutated files, numbered by their seeds from `first`; `folder` has the published `WEEKS`."""
    outcome = Outcome("mutated Parquet files")
    chunks = [range(start, min(start + CHUNK, first + count)) for start in range(first, first + count, CHUNK)]
    while chunks:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as workers:
            waiting = {chunk: workers.submit(mutate_some, folder, chunk) for chunk in chunks}
            chunks = []
            for chunk, future in waiting.items():
                try:
                    outcome.add(future.result())
                except BrokenProcessPool:
                    if len(chunk) == 1:
                        outcome.tried += 1
                        outcome.failures.append(f"seed {chunk[0]}: the process died")
                    else:
                        chunks += [range(seed, seed + 1) for seed in chunk]
    return outcome


def mutate_some(folder: Path, seeds: range) -> Outcome:
    """In a process of its own: mutate, read as a server does, and as the intake does, and compare with the truth."""
    outcome = Outcome("mutated Parquet files")
    own = folder.with_name(f"{folder.name}-{os.getpid()}")
    if not own.exists():
        _copy(folder, own)
    for seed in seeds:
        random = Random(seed)
        table, mutator = random.choice(list(TABLES)), MUTATORS[seed % len(MUTATORS)]
        with outcome.trial(f"seed {seed} {table} {mutator.__name__.strip('_')}"):
            _mutate_one(own, table, mutator, random, outcome)
    return outcome


def _mutate_one(folder: Path, table: str, mutator: Mutator, random: Random, outcome: Outcome) -> None:
    served = Snapshot.newest(folder)
    assert number_of_week(served, (table,), ROWS) == WEEKS - 1
    path = served.folder / f"{table}.parquet"
    content = path.read_bytes()
    changed = bytearray(content)
    mutator(changed, random)
    if changed == content:
        outcome.counts["left as they were"] += 1
        return
    path.chmod(0o640)
    path.write_bytes(changed)
    try:
        began = time.perf_counter()
        seen = Snapshot.newest(folder)
        assert number_of_week(seen, (table, "units"), ROWS) == WEEKS - 2, "another week than the last good one"
        assert seen.notes, "without a note"
        assert f"{table}.parquet" in seen.notes[0], seen.notes
        outcome.counts["last good week shown"] += 1
        outcome.counts[_taken_in(table, bytes(changed))] += 1
        assert time.perf_counter() - began < HANG_S, "it took too long"
    finally:
        path.write_bytes(content)


def _taken_in(table: str, content: bytes) -> str:
    """What the intake, which has no hash to hold a file against, makes of such a file when somebody sends it."""
    try:
        frame = read_parquet(f"{table}.parquet", content, polars_schema(table), Limits())
    except UnreadableError:
        return "refused at the intake"
    is_right = frame.equals(frames(WEEKS - 1, ROWS)[table])
    return "taken in with the right values" if is_right else "taken in with other values (no hash there)"


def _range(content: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(content))
    return start, min(len(content), start + random.randrange(1, 200))


def _copy(folder: Path, own: Path) -> None:
    for source in (folder, *folder.rglob("*")):
        target = own / source.relative_to(folder)
        if source.is_dir():
            target.mkdir()
        else:
            target.write_bytes(source.read_bytes())
