"""List the snapshots, and which one is served, rolled back or pinned."""

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from dashboards.settings import Settings

if TYPE_CHECKING:
    from data.history import Held

FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format, and where snapshots live."""
    parser.add_argument("--format", choices=FORMATS, default="table", help="table (default) or json with every field")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each snapshot, the newest first."""
    settings = Settings.read(data=arguments.data)

    import polars as pl

    from dashboards.commands.output import print_table, to_json
    from data.history import history

    held = history(settings.data)
    if arguments.format == "json":
        sys.stdout.write(to_json([asdict(one) for one in held]))
    elif held:
        print_table(pl.DataFrame([_row(one) for one in held], infer_schema_length=None))
    else:
        print(f"no snapshot in {settings.data} yet: `campaign refresh` publishes one")
    return 0


def _row(held: "Held") -> dict[str, object]:
    return {
        "id": held.id,
        "known on": held.known_on,
        "rows": held.rows,
        "state": ", ".join(_states(held)),
        "warnings accepted": ", ".join(
            f"{one.rule} in {one.count} {'row' if one.count == 1 else 'rows'}" for one in held.warnings
        ),
        "published (UTC)": held.published_at,
    }


def _states(held: "Held") -> list[str]:
    states = {
        "served": held.is_served,
        f"rolled back: {held.because}" if held.because else "not on the line": held.is_rolled_back,
        "pinned": held.is_pinned,
        "damaged": bool(held.fault),
    }
    return [state for state, holds in states.items() if holds]
