"""List the indicators with their definitions."""

import argparse
import sys
from dataclasses import fields

from dashboards.settings import SettingsError

EXIT_REFUSED = 1
FORMATS = ("table", "json")
PRIVATE = {"sql"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format of the list."""
    parser.add_argument("--format", choices=FORMATS, default="table", help="table (default) or json with every field")
    parser.add_argument("--check", action="store_true", help="run the cases of your own indicators instead")


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each indicator, ordered by id; own ones that are left out are told on standard error."""
    if arguments.check:
        return _check()
    import polars as pl

    from dashboards.commands.output import print_table, to_json
    from dashboards.commands.reading import tell
    from queries.catalog import Indicator, faults, indicators
    from queries.listings import LISTINGS

    found = list(indicators().values())
    tell(faults().values())
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


def _check() -> int:
    """Hold every own indicator against its cases: one line for each, 1 when something does not hold."""
    from dashboards.commands.reading import tell
    from queries.cases import cases
    from queries.catalog import faults, indicators
    from queries.own import folder

    where = folder()
    if where is None:
        raise SettingsError("no folder of own indicators is set: set CAMPAIGN_INDICATORS or give --indicators DIR")
    own = [name for name, each in indicators().items() if each.is_own]
    failed = len(faults())
    tell(faults().values())
    for name in own:
        found = cases(where / "cases", name)
        wrong = [f"{case.path.name}: {said}" for case in found for said in case.failures()]
        failed += len(wrong)
        print(
            f"{name}: {len(found)} {'case' if len(found) == 1 else 'cases'}, {'not as expected' if wrong else 'held'}"
        )
        print("".join(f"  {said}\n" for said in wrong), end="")
    if not own and not failed:
        print(f"{where} has no indicators yet: campaign new-indicator NAME begins one")
    return EXIT_REFUSED if failed else 0
