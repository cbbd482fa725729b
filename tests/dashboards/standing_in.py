"""A source made of frames in the place of the snapshots of a folder."""

from types import SimpleNamespace
from typing import Any

from dashboards.sources import Served
from queries import Source
from queries.restatements import changes


def standing_for(source: Source) -> Any:
    """Stands in for `Sources`: one source made of frames, and nothing before it."""
    known_on = source.known_on
    return SimpleNamespace(
        newest=lambda: source,
        newest_on=known_on,
        asked=lambda text: (source, []),
        at=lambda known_on: source,
        before=lambda source: None,
        synthetic=lambda source: True,
        changes=lambda source: changes([]),
        snapshots=lambda: [SimpleNamespace(known_on=known_on, id="frames")],
        served=lambda: Served("frames", known_on, 0, False),
    )
