"""SQL of an analyst's own: run over the locked source, and what to do when it is refused."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import polars as pl

from queries import Source
from queries.catalog import parameters
from queries.exceptions import StatementError, suggestion

Told = Callable[[str, Sequence[str]], str]

SEEN: Final[tuple[tuple[str, Told], ...]] = (
    (
        r'Table with name "?(\w+)"? does not exist',
        lambda found, tables: f"there is no table {found!r}.{suggestion(found, tables)} `snapshot.tables` lists them.",
    ),
    (
        r"Values were not provided for the following parameters: (.+)",
        lambda found, _: f"${found} has no value: give it by name, like snapshot.sql(…, {found.split(',')[0]}=…).",
    ),
    (
        r"Permission Error: (.+?)(?: - .*)?$",
        lambda found, _: f"{found}: the source is locked and reads nothing but its own tables, see `snapshot.tables`.",
    ),
    (
        r'Referenced column "(\w+)" not found',
        lambda found, _: f"there is no column {found!r} here. `snapshot.table(NAME).columns` lists those of a table.",
    ),
    (
        r"answers exactly one SELECT, this is (.+)\.$",
        lambda found, _: f"the source is read-only and takes exactly one SELECT, this is {found}.",
    ),
)
"""What the source says, and how that is said to an analyst."""


def answer(source: Source, text: str, values: dict[str, Any]) -> pl.DataFrame:
    """The answer to one SELECT with its $named values; `$known_on` is the snapshot's day unless it is given.

    StatementError says in a few words what is wrong and what to do.
    """
    asked = parameters(text)
    if unused := [name for name in values if name not in asked]:
        hint = suggestion(unused[0], asked) if asked else " It has no $value at all."
        raise StatementError(f"the SELECT has no ${unused[0]}: leave {unused[0]}= out, or use it.{hint}")
    given = {"known_on": source.known_on} if "known_on" in asked else {}
    try:
        return source.sql(text, **(given | values))
    except StatementError as error:
        raise StatementError(_said(str(error), source)) from None


def _said(message: str, source: Source) -> str:
    for pattern, told in SEEN:
        if found := re.search(pattern, message, re.MULTILINE):
            rest = [line for line in message.splitlines()[1:] if line.startswith("Candidate")]
            return "\n".join([told(found[1], source.tables()), *rest])
    return message
