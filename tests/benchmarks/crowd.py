"""Many viewers at once, each changing a filter every other second: how long answers take, what a viewer costs."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from selections import Chip, Chosen, switched
from servers import Serving
from viewers import KINDS, Viewer

PAUSE_SECONDS = 2.0


@dataclass
class Crowd:
    """What happened. Memory is the server's, in MB: with one viewer, with all of them, after their changes."""

    system: str
    viewers: int
    open_seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    base_mb: float = 0.0
    open_mb: float = 0.0
    end_mb: float = 0.0

    @property
    def mb_per_viewer(self) -> float:
        """Growth of the server from the first viewer to the end of the changes, divided by the viewers."""
        return (self.end_mb - self.base_mb) / self.viewers


def gather(served: Serving, chips: Sequence[Chip], viewers: int, seconds: float, seed: int = 2014) -> Crowd:
    """Open the viewers one after another, let all of them change filters for that long, close them."""
    crowd = Crowd(served.system.name, viewers)
    first, *others = (KINDS[served.system.kind](served.address, list(chips)) for _ in range(viewers + 1))
    opened: list[Viewer] = []
    try:
        first.open()
        opened.append(first)
        _press(first, Chosen(), random.Random(seed), crowd)
        crowd.milliseconds.clear()
        crowd.sizes.clear()
        crowd.base_mb = served.memory()
        began = time.perf_counter()
        for viewer in others:
            viewer.open()
            opened.append(viewer)
        crowd.open_seconds = time.perf_counter() - began
        crowd.open_mb = served.memory()
        _let_change(others, crowd, seconds, seed)
        crowd.end_mb = served.memory()
    except Exception as error:
        crowd.errors.append(f"{type(error).__name__}: {error}")
    finally:
        for viewer in opened:
            viewer.close()
    return crowd


def _let_change(viewers: Sequence[Viewer], crowd: Crowd, seconds: float, seed: int) -> None:
    start = threading.Barrier(len(viewers))

    def live(place: int) -> None:
        chance = random.Random(seed * 1000 + place)
        chosen = Chosen()
        start.wait()
        due = time.monotonic() + chance.uniform(0, PAUSE_SECONDS)
        until = time.monotonic() + seconds
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            chosen = _press(viewers[place], chosen, chance, crowd)
            due = max(due + PAUSE_SECONDS, time.monotonic())

    with ThreadPoolExecutor(len(viewers)) as threads:
        list(threads.map(live, range(len(viewers))))


def _press(viewer: Viewer, chosen: Chosen, chance: random.Random, crowd: Crowd) -> Chosen:
    """Switch any chip, but never the one that would leave nothing chosen."""
    chip = chance.choice(viewer.chips)
    if switched(chosen, chip, viewer.chips) == Chosen():
        chip = next(other for other in viewer.chips if other != chip)
    then = switched(chosen, chip, viewer.chips)
    began = time.perf_counter()
    try:
        size = viewer.change(chip.kind, then)
    except Exception as error:
        crowd.errors.append(f"{type(error).__name__}: {error}"[:300])
    else:
        crowd.milliseconds.append((time.perf_counter() - began) * 1000)
        crowd.sizes.append(size)
    return then
