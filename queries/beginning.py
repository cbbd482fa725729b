"""Beginning: a new indicator as the text of its SQL file, begun as one that exists and is tested."""

from __future__ import annotations

import re
from typing import Final

from queries import catalog
from queries.catalog import Indicator
from queries.exceptions import SelectionError, UnknownNameError, suggestion

OWN_IDS: Final = "X"
_FIELD: Final = re.compile(r"-- (\w+): ")
_NUMBER: Final = re.compile(r"I\d\d")


def text_of(like: Indicator, name: str, new_id: str) -> str:
    """Give the SQL of an indicator under another name and id; its titles say that it is begun as that one."""
    changed = {
        "id": new_id,
        "name": name,
        "title_zh": f"{like.title_zh}(初稿,沿用 {like.name})",
        "title_en": f"{like.title_en} (begun as {like.name})",
    }
    lines, field = [], ""
    for line in like.sql.splitlines():
        is_head = line.startswith("--")
        started = _FIELD.match(line)
        field = started[1] if started else field if is_head else ""
        if started and field in changed:
            lines.append(f"-- {field}: {changed[field]}")
        elif field not in changed:
            lines.append(line)
    return "\n".join(lines) + "\n"


def free_id(like: Indicator, *, is_own: bool) -> str:
    """Give an id that is not taken: X01, X02, … for an own one, else the next letter after the number of `like`."""
    taken = {each.id for each in catalog.indicators().values()}
    number = _NUMBER.match(like.id)
    if is_own or number is None:
        return next(f"{OWN_IDS}{no:02}" for no in range(1, 1000) if f"{OWN_IDS}{no:02}" not in taken)
    stem: str = number[0]
    letters = "abcdefghijklmnopqrstuvwxyz"
    endings: list[str] = [*letters, *(first + second for first in letters for second in letters)]
    return next(stem + ending for ending in endings if stem + ending not in taken)


def existing(name: str) -> Indicator:
    """Give the indicator to begin with; SelectionError for one that only compares the groups' values of others."""
    found = catalog.indicator(name)
    if found.over:
        raise SelectionError(f"{name} compares the groups' values of a share: begin with the share itself.")
    return found


def simplest(table: str) -> Indicator:
    """Give the indicator with the shortest SQL among those that read a staging table; UnknownNameError without one."""
    found = [each for each in catalog.indicators().values() if not each.is_own and table in _read_by(each)]
    if not found:
        known = {each for one in catalog.indicators().values() for each in _read_by(one)}
        tables = known & set(catalog.names("staging"))
        raise UnknownNameError(f"no indicator reads a staging table {table!r}.{suggestion(table, tables)}")
    return min(found, key=lambda each: (len(_body(each)), each.id))


def _read_by(defined: Indicator) -> set[str]:
    return set() if defined.over else set(re.findall(r"\b(?:from|join)\s+(\w+)", "\n".join(_body(defined))))


def _body(defined: Indicator) -> list[str]:
    return [line for line in defined.sql.splitlines() if not line.startswith("--")]
