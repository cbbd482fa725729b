"""The calendar of inspections as a file that calendar programs open (RFC 5545)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import polars as pl

from dashboards.formats import day, names
from dashboards.text import known, say
from dashboards.theme import Language
from queries import Selection, Source
from queries.inspections import inspections
from queries.merging import proposals

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//campaign-dashboards//calendar of inspections//{language}"
STATUS = {"planned": "TENTATIVE", "merged": "CANCELLED"}
"""What a calendar program is told of a plan; every other one is confirmed."""


def calendar_file(source: Source, selection: Selection, language: Language) -> str:
    """The calendar of a selection as text of an .ics file: one event per inspection, then one per proposed merge.

    An event keeps its UID from week to week and counts its corrections up, so that a program that reads a later file
    moves what it has. Merged inspections are cancelled events; proposals are tentative ones, and only of inspections
    still ahead. Every moment in it is that of the snapshot, so that the same selection gives the same text.
    """
    from icalendar import Calendar

    found, proposed = inspections(source, selection), proposals(source, selection).filter(pl.col("when") == "ahead")
    writer = _Writer(source, language, _by_id(source, selection, found, proposed))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT.format(language=language.upper()))
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say(language, "ics.name", day=day(source.known_on, language)))
    for row in found.iter_rows(named=True):
        calendar.add_component(writer.inspection(row))
    for row in proposed.iter_rows(named=True):
        calendar.add_component(writer.proposal(row))
    return calendar.to_ical().decode("utf-8")


def _by_id(
    source: Source, selection: Selection, found: pl.DataFrame, proposed: pl.DataFrame
) -> Mapping[str, dict[str, Any]]:
    """The rows of the inspections named anywhere in the file, those outside the selection too."""
    wanted = {*proposed["inspection_ids"].explode().to_list(), *found["merged_into"].to_list()}
    everything = inspections(source, Selection(events_until=selection.events_until))
    rest = everything.filter(pl.col("inspection_id").is_in([one for one in wanted if one]))
    return {row["inspection_id"]: row for frame in (rest, found) for row in frame.iter_rows(named=True)}


class _Writer:
    """Makes the events of one snapshot in one language."""

    def __init__(self, source: Source, language: Language, rows: Mapping[str, dict[str, Any]]) -> None:
        self.language, self.rows = language, rows
        self.campaign = source.table("campaign")["campaign_id"][0]
        self.stamp = datetime.combine(source.known_on, time(), UTC)

    def inspection(self, row: Mapping[str, Any]) -> "Event":
        """One inspection: who, where, about what, and how it stands."""
        values = {"body": self._body(row), "unit": self._unit(row), "theme": self._theme(row)}
        key = "ics.merged" if row["state"] == "merged" else "ics.inspection"
        told = [self._told("kind", self._code("inspection", row["inspection_kind"]))]
        told += [self._told("theme", values["theme"]), self._told("plan", self._code("plan", row["plan_status"]))]
        if host := self.rows.get(row["merged_into"] or ""):
            told.append(self._told("into", self._body(host)))
        if row["is_partner"]:
            told.append(say(self.language, "ics.partner"))
        event = self._event("inspection", row["inspection_id"], row["inspection_from"], row["inspection_to"])
        event.add("summary", say(self.language, key, **values))
        event.add("location", values["unit"])
        event.add("description", "\n".join([*told, self._known()]))
        event.add("categories", [self._code("inspection", row["inspection_kind"])])
        event.add("status", STATUS.get(row["plan_status"], "CONFIRMED"))
        event.add("sequence", row["revision"] - 1)
        return event

    def proposal(self, row: Mapping[str, Any]) -> "Event":
        """One proposed merge: tentative, and marked as a proposal in its title."""
        lead = self.rows.get(row["lead_id"] or "")
        told = [self._told("lead", self._body(lead))] if lead else []
        told += [
            self._told(part, names(map(self._body, map(self.rows.__getitem__, row[f"{part}_ids"])), self.language))
            for part in ("support", "partner")
            if row[f"{part}_ids"]
        ]
        told.append(say(self.language, "ics.saved", now=f"{row['days_now']:g}", after=f"{row['days_after']:g}"))
        event = self._event("proposal", "+".join(row["inspection_ids"]), row["window_from"], row["window_to"])
        event.add("summary", say(self.language, "ics.proposal", unit=self._unit(row), n=len(row["inspection_ids"])))
        event.add("location", self._unit(row))
        event.add("description", "\n".join([say(self.language, "ics.proposed"), *told, self._known()]))
        event.add("categories", [say(self.language, "ics.category")])
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        return event

    def _event(self, kind: str, key: str, first: date, last: date) -> "Event":
        from icalendar import Event

        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'campaign:{self.campaign}/{kind}/{key}')}")
        event.add("dtstamp", self.stamp)
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        return event

    def _known(self) -> str:
        return say(self.language, "ics.known", day=day(self.stamp.date(), self.language))

    def _told(self, what: str, value: str) -> str:
        return say(self.language, f"ics.told.{what}", value=value)

    def _code(self, family: str, code: str) -> str:
        return known(self.language, f"{family}.{code}") or code

    def _theme(self, row: Mapping[str, Any]) -> str:
        return self._code("theme", row["theme_code"])

    def _body(self, row: Mapping[str, Any]) -> str:
        return str(row[f"body_name_{self.language}"] or row["body_id"])

    def _unit(self, row: Mapping[str, Any]) -> str:
        return str(row[f"unit_name_{self.language}"] or row["unit_id"])
