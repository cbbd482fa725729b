"""The demonstration county under names that try to become markup, as a data folder and as frames."""

from datetime import date
from pathlib import Path

import polars as pl

from data.publishing import Prepared, publish
from data.schemas import TABLES
from data.snapshots import Snapshot

FIRED = "window.__xss=1"
PAYLOADS = (
    f"<img src=x onerror={FIRED}>",
    f"\"'><svg onload={FIRED}>",
    f"<script>{FIRED}</script>",
    f"'-({FIRED})-'",
    f"</td></table></aside><iframe srcdoc='<script>parent.{FIRED}</script>'>",
    f"&lt;img src=x onerror={FIRED}&gt;",
    f"[x](javascript:{FIRED}) {{0}} {{name}} %s ${{{FIRED}}} @{{words}} $index",
    "\u202egnirts\u2066\u2069\u200f",
)
GROUP, UNIT = f"T1\"'<img src=x onerror={FIRED}>", f"T1-1&\"'<img src=x onerror={FIRED}>"
"""What group T1 and its first unit are called."""
BEHIND = f"C3<img src=x onerror={FIRED}>"
"""What group C3 is called, the one the newest week names as behind and silent."""

NAMED = ("supervision_groups", "units", "action_catalogue", "bodies")


def frames(data: Path, known_on: date | None = None) -> dict[str, pl.DataFrame]:
    """Every table of a snapshot, with hostile names and two hostile codes."""
    snapshot = Snapshot.newest(data) if known_on is None else Snapshot.at(data, known_on)
    tables = {table: snapshot.frame(table) for table in TABLES}
    first = tables["unit_assignments"].filter(pl.col("group_id") == "T1")["unit_id"].min()
    codes = {"T1": GROUP, "C3": BEHIND, first: UNIT}
    return {table: _renamed(table, frame, codes) for table, frame in tables.items()}


def publish_hostile(data: Path, folder: Path) -> Path:
    """A data folder of two snapshots, the two newest of `data` under hostile names."""
    for snapshot in Snapshot.list(data)[-2:]:
        publish(Prepared.of(frames(data, snapshot.known_on), snapshot.known_on), folder)
    return folder


def _renamed(table: str, frame: pl.DataFrame, codes: dict[str, str]) -> pl.DataFrame:
    coded = [name for name in ("group_id", "unit_id", "reporter_id") if name in frame.columns]
    frame = frame.with_columns(pl.col(name).replace(codes) for name in coded)
    if table not in NAMED:
        return frame
    payload = pl.Series("payload", [PAYLOADS[row % len(PAYLOADS)] for row in range(frame.height)], dtype=pl.String)
    return frame.with_columns((pl.col(name) + payload).alias(name) for name in ("name_zh", "name_en"))
