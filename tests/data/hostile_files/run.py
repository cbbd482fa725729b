"""Read every hostile file in the reading process, and print what became of them, by kind.

    .venv/bin/python tests/data/hostile_files/run.py [WORD …]

With words only the kinds that contain one of them. The exit code is 1 when anything was not as it has to be.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path

from data.intake import Child, Limits

sys.path.append(str(Path(__file__).parents[1]))

from hostile_files.corpus import every, faults, read

MOST_BYTES, MOST_SECONDS = 512_000_000, 20.0


class Watch:
    """The largest memory that any reading process had, looked at many times a second."""

    def __init__(self, reader: Child) -> None:
        self.peak = 0
        self._reader = reader
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            try:
                lines = Path(f"/proc/{self._reader.process_id}/status").read_text().splitlines()
            except OSError:
                lines = []
            for line in lines:
                if line.startswith("VmHWM"):
                    self.peak = max(self.peak, int(line.split()[1]) * 1024)
            time.sleep(0.01)


def main(words: list[str]) -> int:
    """Read all files and say how it went."""
    limits = Limits()
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    longest: dict[str, float] = defaultdict(float)
    wrong: list[str] = []
    names: set[tuple[str, str, str]] = set()
    with Child() as reader:
        watch = Watch(reader)
        for case in every():
            if words and not any(word in case.kind for word in words):
                continue
            names.add((case.kind, case.name, case.sort))
            content = case.content()
            begun = time.perf_counter()
            found = read(case, content, reader, limits) if len(content) <= limits.file_bytes else None
            seconds = time.perf_counter() - begun
            count = figures[case.kind]
            count["files"] += 1
            if found is None:
                count["refused"] += 1
                continue
            count["refused" if found.failures else "read"] += 1
            count["child died"] += any(
                "died" in failure.message or "not read within" in failure.message for failure in found.failures
            )
            longest[case.kind] = max(longest[case.kind], seconds)
            if case.is_heavy or seconds > 1:
                said = found.failures[0].message[:90] if found.failures else "read"
                print(f"{seconds:6.2f} s {watch.peak / 1e6:5.0f} MB  {case}: {said}", flush=True)
            wrong += [f"{case}: {fault}" for fault in faults(case, found)]
    print(f"{'kind':36} {'files':>6} {'read':>6} {'refused':>8} {'child died':>11} {'longest s':>10}")
    for kind, count in sorted(figures.items()):
        counts = f"{count['files']:6} {count['read']:6} {count['refused']:8} {count['child died']:11}"
        print(f"{kind:36} {counts} {longest[kind]:10.2f}")
    total, slowest = sum(count["files"] for count in figures.values()), max(longest.values(), default=0.0)
    print(f"{total} files of {len(figures)} kinds, {len(names)} different")
    print(f"longest {slowest:.2f} s, most memory {watch.peak / 1e6:.0f} MB")
    print(*wrong, f"{len(wrong)} not as they have to be", sep="\n")
    return int(bool(wrong) or watch.peak > MOST_BYTES or slowest > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
