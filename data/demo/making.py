"""The demonstration county's snapshots, made of its weekly folders by the ordinary refresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from data.demo.calendar import KNOWN_ON
from data.demo.inputs import write_inputs
from data.refresh import Progress, Week, accept_all, refresh_many
from data.snapshots import Snapshot

BECAUSE = "invented: the weeks tell of weak and late groups on purpose"


def make(data_folder: Path, progress: Progress | None = None) -> list[Snapshot]:
    """Write the county's weekly folders and take them in as snapshots, oldest first."""
    with TemporaryDirectory(prefix="demo-county-") as scratch:
        return refresh_many(
            _weeks(Path(scratch)), data_folder, accepted=accept_all(BECAUSE), total=len(KNOWN_ON), progress=progress
        )


def _weeks(scratch: Path) -> Iterator[Week]:
    for known_on in KNOWN_ON:
        folder = scratch / known_on.isoformat()
        write_inputs(folder, known_on)
        yield folder, known_on
