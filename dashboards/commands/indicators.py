"""List the indicators with their definitions."""

import argparse
import sys
from dataclasses import fields

FORMATS = ("table", "json")
PRIVATE = {"sql"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format of the list."""
    parser.add_argument("--format", choices=FORMATS, default="table", help="table (default) or json with every field")


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each indicator, ordered by id."""
    import polars as pl

    from dashboards.commands.output import print_table, to_json
    from queries.catalog import Indicator, indicators
    from queries.listings import LISTINGS

    found = list(indicators().values())
    if arguments.format == "json":
        shown = [one.name for one in fields(Indicator) if one.name not in PRIVATE]
        sys.stdout.write(to_json([{name: getattr(one, name) for name in shown} for one in found]))
        return 0
    print_table(
        pl.DataFrame(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "title": f"{one.title_en} {one.title_zh}",
                    "numerator": one.numerator_en,
                    "denominator": one.denominator_en,
                    "unit": one.unit,
                }
                for one in found
            ]
        )
    )
    print(f"listings: {', '.join(LISTINGS)}")
    return 0
