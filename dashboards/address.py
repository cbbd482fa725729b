"""The selection as the query part of an address, and back; what cannot be read is said, never guessed in silence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from queries import Selection, Source, dimension

LONGEST = 4096
KNOWN = ("group", "type", "from", "to", "known_on", "events_until")
APART = ("language", "theme", "kiosk", "unit", "matter")
PICKS = (
    *("indicator", "action", "state", "category", "aspect", "place"),
    *("light", "slip", "rung", "level", "body", "holder", "source", "urgency", "mosts"),
    *("month", "day", "session"),
    *("term", "weight", "event"),
)
"""What can be picked on a page beside the selection; a place is a unit, the second line is of matters, the third of
the joint conference, the fourth of the appraisal."""
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Notice:
    """Something a link asked for and did not get: a message key and its values."""

    key: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What an address asks for, read but not yet held against a snapshot."""

    groups: tuple[str, ...] = ()
    unit_types: tuple[str, ...] = ()
    first_week: str | None = None
    last_week: str | None = None
    known_on: str | None = None
    events_until: str | None = None
    unit: str | None = None
    matter: str | None = None
    picks: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def write(
    selection: Selection, *, newest: date, unit: str = "", matter: str = "", picks: Mapping[str, str] = NOTHING
) -> str:
    """The shortest query that reproduces the selection; empty for everything at the newest snapshot."""
    pairs = [(name, value) for name, value in (("unit", unit), ("matter", matter)) if value]
    if selection.groups:
        pairs.append(("group", ",".join(selection.groups)))
    if selection.unit_types:
        pairs.append(("type", ",".join(selection.unit_types)))
    if selection.period is not None:
        pairs += [("from", str(selection.period[0])), ("to", str(selection.period[1]))]
    if selection.known_on is not None and selection.known_on != newest:
        pairs.append(("known_on", selection.known_on.isoformat()))
    if selection.events_until is not None and selection.events_until != selection.known_on:
        pairs.append(("events_until", selection.events_until.isoformat()))
    pairs += [(kind, picks[kind]) for kind in PICKS if kind in picks]
    return urlencode(pairs, safe=",")


@lru_cache(256)
def kept(selection: Selection, newest: date, *, of_groups: bool) -> str:
    """The query that the links of a page share, with or without the groups that are selected."""
    return write(selection if of_groups else replace(selection, groups=()), newest=newest)


def picked(wanted: Mapping[object, object]) -> dict[str, str]:
    """What of a wish to pick is a known kind and could be a code."""
    return {kind: value for kind in PICKS if isinstance(value := wanted.get(kind), str) and CODE.fullmatch(value)}


def read(query: str) -> Asked:
    """What the query part of an address asks for; each piece that is not understood becomes a notice."""
    if len(query) > LONGEST:
        return Asked(notices=(Notice("notice.long"),))
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=64)
    except ValueError:
        return Asked(notices=(Notice("notice.long"),))
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    picks = picked({name: values[name][-1] for name in PICKS if name in values})
    unknown = [name for name in values if name not in (*KNOWN, *APART, *picks)]
    return Asked(
        groups=_several(values.get("group", ())),
        unit_types=_several(values.get("type", ())),
        first_week=_last(values.get("from")),
        last_week=_last(values.get("to")),
        known_on=_last(values.get("known_on")),
        events_until=_last(values.get("events_until")),
        unit=_last(values.get("unit")),
        matter=_last(values.get("matter")),
        picks=picks,
        notices=tuple(Notice("notice.unknown", {"value": name[:60]}) for name in unknown),
    )


def _several(values: Sequence[str]) -> tuple[str, ...]:
    """Repeated and comma-separated values as one tuple without doubles."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _last(values: Sequence[str] | None) -> str | None:
    return values[-1].strip() or None if values else None


def as_date(text: str) -> date | None:
    """An ISO day, or None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def hold(asked: Asked, source: Source) -> tuple[dict[str, Any], list[Notice]]:
    """What of a wish a snapshot can give, by the store's parameters (None: everything), and notices for the rest."""
    extent, notices = source.extent, list(asked.notices)
    until = _until(asked.events_until, source, notices)
    wanted: dict[str, Any] = {
        "groups": _members(asked.groups, extent.groups, "notice.group", notices),
        "unit_types": _members(asked.unit_types, extent.unit_types, "notice.unit_type", notices),
        "events_until": until,
        "period": _period(asked, extent.week_of(until or source.known_on), notices),
        "unit": _there(asked.unit, "unit", source, notices),
        "matter": _there(asked.matter, "matter", source, notices),
        "picks": dict(asked.picks),
    }
    return wanted, notices


def _there(asked: str | None, kind: str, source: Source, notices: list[Notice]) -> str:
    """The unit or matter asked for, if the snapshot has it."""
    if asked and asked not in dimension(f"{kind}s", source)[f"{kind}_id"]:
        notices.append(Notice(f"notice.{kind}", {"value": asked[:60]}))
        return ""
    return asked or ""


def _members(asked: Sequence[str], known: Sequence[str], key: str, notices: list[Notice]) -> list[str]:
    notices += [Notice(key, {"value": value[:60]}) for value in asked if value not in known]
    return [value for value in asked if value in known]


def _until(text: str | None, source: Source, notices: list[Notice]) -> date | None:
    day = as_date(text) if text else None
    if text and (day is None or not source.launched_on <= day <= source.known_on):
        notices.append(Notice("notice.events_until", {"value": text[:60], "day": source.known_on}))
        return None
    return day


def _period(asked: Asked, last_week: int, notices: list[Notice]) -> tuple[int, int] | None:
    if asked.first_week is None and asked.last_week is None:
        return None
    texts = asked.first_week or "1", asked.last_week or str(last_week)
    weeks = [int(text) if text.isascii() and text.isdigit() else 0 for text in texts]
    if not 1 <= weeks[0] <= weeks[1] <= last_week:
        notices.append(Notice("notice.period", {"value": "–".join(texts)[:60]}))
        return None
    return weeks[0], weeks[1]
