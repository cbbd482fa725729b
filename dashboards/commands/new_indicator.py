"""Begin an indicator of your own: its SQL file, cases of given rows, and what to edit next."""

import argparse
import keyword
import webbrowser
from collections.abc import Container
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.settings import Settings, SettingsError

if TYPE_CHECKING:
    from queries.catalog import Indicator

CHECKOUT = Path(__file__).parents[2]
"""The checkout; where the package is installed, the folder it is installed in."""

TABLE = "unit_visits"
RESERVED = ("frame",)
"""What `snapshot.indicators` has beside the indicators."""

FIRST_CASE = """\
known_on: 2014-04-06
by: [group]
groups: {T1: {U1: township, U2: township}, T2: {U3: township}}
given:
  action_catalogue: [{action_code: A01, due_kind: fixed_date, effective_from: 2014-03-10}]
  action_due: [{unit_id: U1, action_code: A01, due_on: 2014-03-20}]
  action_records: [{unit_id: U1, action_code: A01, status: done, done_on: 2014-03-19}]
  visits:
    - {visit_id: V1, unit_id: U1, group_id: T1, visited_on: 2014-03-12}
    - {visit_id: V2, unit_id: U3, group_id: T2, visited_on: 2014-03-19, targeted_action: A01}
"""


@dataclass(frozen=True)
class Place:
    """Where the parts of a new indicator go. A checkout has loops, a folder of own indicators has none."""

    root: Path
    sql: Path
    cases: Path
    loop: Path | None = None

    @property
    def files(self) -> list[Path]:
        """What is written, and must not be there yet."""
        return [each for each in (self.sql, self.cases, self.loop) if each is not None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The name, what it is begun as, and where it goes."""
    parser.add_argument("name", metavar="NAME", help="small letters, digits and underscores: night_visit_share")
    begun = parser.add_mutually_exclusive_group()
    begun.add_argument("--like", metavar="EXISTING", help="begin with a copy of this indicator")
    begun.add_argument(
        "--table", metavar="STAGING", help=f"begin with the simplest indicator over this staging table ({TABLE})"
    )
    parser.add_argument("--open", action="store_true", help="open the guide to indicator files as the system does")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots, to try it on (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Write the files, none over another, and say what they count and what to edit."""
    settings = Settings.read(data=arguments.data, indicators=arguments.indicators)
    from queries.beginning import existing, free_id, simplest, text_of

    _check_name(arguments.name)
    like = existing(arguments.like) if arguments.like else simplest(arguments.table or TABLE)
    place = _place(arguments.name, settings.indicators)
    if there := [each for each in place.files if each.exists()]:
        raise SettingsError(f"{there[0]} is there already and stays as it is: choose another name")
    written = {place.sql: text_of(like, arguments.name, free_id(like, is_own=place.loop is None))}
    tests = CHECKOUT / "tests" / "queries"
    if place.loop is not None:
        from dashboards.commands.loops import loop_of

        written[place.loop] = loop_of(tests / "oracles", like.name, arguments.name)
    written |= {place.cases / each: text for each, text in _cases(tests / "cases" / like.name, like).items()}
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    guide = Path(str(files("queries") / "sql" / "indicators" / "README.md"))
    print(_told(arguments.name, place, like, written, settings, guide))
    if arguments.open:
        webbrowser.open(guide.as_uri())
    return 0


def _check_name(name: str) -> None:
    from queries.catalog import faults, indicators
    from queries.listings import LISTINGS
    from queries.own import checked_name

    checked_name(name)
    kinds: dict[str, Container[str]] = {
        "an indicator": indicators(),
        "a listing": LISTINGS,
        "an own file with a fault": faults(),
    }
    for kind, taken in kinds.items():
        if name in taken:
            raise SettingsError(f"{name} is {kind} already: choose another name")
    if keyword.iskeyword(name) or name in RESERVED:
        raise SettingsError(f"{name} is a word that Python or the catalogue needs: choose another name")


def _place(name: str, own: Path | None) -> Place:
    """The folder of own indicators when one is set, else the checkout; SettingsError in an installed package."""
    if own is not None:
        return Place(own, own / f"{name}.sql", own / "cases" / name)
    tests = CHECKOUT / "tests" / "queries"
    if not (tests / "oracles").is_dir():
        raise SettingsError(
            "where to? set CAMPAIGN_INDICATORS to a folder for your own indicators, or give --indicators DIR"
        )
    sql = CHECKOUT / "queries" / "sql" / "indicators" / f"{name}.sql"
    return Place(CHECKOUT, sql, tests / "cases" / name, tests / "oracles" / f"{name}.py")


def _cases(folder: Path, like: "Indicator") -> dict[str, str]:
    """The cases of the indicator it is begun as, from the checkout; where there is none, one with what it gives."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    if found:
        return found
    import yaml

    from queries.cases import Case

    body = yaml.safe_load(FIRST_CASE)
    answer = Case(like.name, folder, body).answer().select("group_id", "value", "numerator", "denominator")
    expect = yaml.safe_dump(answer.to_dicts(), default_flow_style=None, sort_keys=False)
    head = f"# What {like.name} gives: write here what your indicator must give, and the rows that show it.\n"
    listed = "".join(f"  {line}\n" for line in expect.splitlines())
    return {"what_it_gives.yaml": f"{head}{FIRST_CASE}expect:\n{listed}"}


def _told(name: str, place: Place, like: "Indicator", written: dict[Path, str], settings: Settings, guide: Path) -> str:
    is_own = place.loop is None
    own = "" if settings.indicators is None else f" --indicators {place.root}"
    check = f"campaign indicators --check{own}" if is_own else f".venv/bin/pytest -n 0 tests/queries -k {name}"
    then = [
        f"campaign query {name} --by group{own}",
        *([f"CAMPAIGN_INDICATORS={place.root} for notebooks and the server"] if is_own else [".ci/readme"]),
    ]
    return "\n".join(
        [
            f"{name} is begun as {like.id} {like.name} ({like.title_en}){_figure(like, settings)}",
            "",
            *(f"  {path.relative_to(place.root).as_posix()}" for path in written),
            "",
            "Edit next:",
            "  1. the words at the head of the SQL file, in both languages",
            "  2. in the SELECT, `numerator` (what counts) and `denominator` (what it is a part of)",
            "  3. the cases: what the rows given must make of it"
            + ("" if is_own else ", and the same once more as a loop"),
            f"Then: {check}",
            *(f"      {each}" for each in then),
            f"Guide: {guide}",
        ]
    )


def _figure(like: "Indicator", settings: Settings) -> str:
    """What it gives on the newest snapshot, where there is one."""
    from dashboards.commands.reading import opened
    from data.exceptions import DataError
    from queries.run import run as answered
    from queries.selection import Selection

    try:
        source = opened(settings.data)
    except (DataError, OSError):
        return "."
    row = answered(like.name, source, Selection()).row(0, named=True)
    value = "no value" if row["value"] is None else f"{row['value']:,g} {like.unit}"
    figure = f"{row['numerator']:,} of {row['denominator']:,}" if like.unit == "share" else value
    return f", which gives {figure} on {source.snapshot_id}."
