"""The calendar file: by RFC 5545, read back by two readers, and the same for the same selection."""

import re
import warnings
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from icalendar import Calendar

from dashboards.calendars import calendar_file
from dashboards.store import Store
from dashboards.views.conference import InspectionMonth
from queries import Selection, Source
from queries.inspections import inspections
from queries.merging import proposals

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

APRIL = date(2014, 4, 13)
DAY = timedelta(days=1)
PERSONAL = {"ATTENDEE", "ORGANIZER", "CONTACT"}


@pytest.fixture
def meeting(store_of: Callable[..., Store]) -> Store:
    """A viewer on the day of the meeting of April, with inspections still ahead."""
    return store_of(known_on=APRIL)


@pytest.fixture(params=["en", "zh"])
def text(request: pytest.FixtureRequest, meeting: Store) -> str:
    return calendar_file(meeting.source, meeting.selection, request.param)


def events(text: str) -> list[Any]:
    return [one for one in Calendar.from_ical(text).walk() if one.name == "VEVENT"]


def test_every_line_ends_by_crlf_and_has_at_most_75_bytes_of_whole_letters(text: str) -> None:
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    for line in text.encode("utf-8").split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_an_event_is_what_the_calendar_of_the_queries_says(text: str, meeting: Store) -> None:
    found = inspections(meeting.source, meeting.selection).to_dicts()
    proposed = proposals(meeting.source, meeting.selection).filter(pl.col("when") == "ahead").to_dicts()
    read = events(text)
    assert len(read) == len(found) + len(proposed) == 42
    for event, row in zip(read, found, strict=False):
        assert event.decoded("dtstart") == row["inspection_from"]
        assert event.decoded("dtend") == row["inspection_to"] + DAY
        assert str(event["location"]) in (row["unit_name_en"], row["unit_name_zh"])
        assert int(event["sequence"]) == row["revision"] - 1
        assert str(event["status"]) == ("CANCELLED" if row["state"] == "merged" else "CONFIRMED")
    for event, row in zip(read[len(found) :], proposed, strict=True):
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (row["window_from"], row["window_to"] + DAY)
        assert str(event["status"]) == "TENTATIVE"
        assert str(event["transp"]) == "TRANSPARENT"
        assert re.match("PROPOSAL|合并建议", str(event["summary"]))


def test_every_moment_is_that_of_the_snapshot(text: str) -> None:
    assert {event.decoded("dtstamp").isoformat() for event in events(text)} == {"2014-04-13T00:00:00+00:00"}


def test_nobody_is_invited_and_no_person_is_named(text: str) -> None:
    assert not {str(name) for event in events(text) for name in event} & PERSONAL


def test_a_second_reader_reads_the_same(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = vobject.readOne(text)
    read = {str(event["uid"]): event for event in events(text)}
    assert {event.uid.value for event in other.vevent_list} == set(read)
    for event in other.vevent_list:
        mine = read[event.uid.value]
        assert event.summary.value == str(mine["summary"])
        assert event.description.value == str(mine["description"])
        assert (event.dtstart.value, event.dtend.value) == (mine.decoded("dtstart"), mine.decoded("dtend"))


def test_an_event_keeps_its_uid_from_week_to_week_and_in_both_languages(store_of: Callable[..., Store]) -> None:
    now, later = store_of(known_on=APRIL), store_of()
    first = events(calendar_file(now.source, now.selection, "en"))
    other = events(calendar_file(now.source, now.selection, "zh"))
    assert [one["uid"] for one in first] == [one["uid"] for one in other]
    kept = {str(one["uid"]): one for one in events(calendar_file(later.source, later.selection, "en"))}
    for event in first[:40]:
        assert kept[str(event["uid"])]["location"] == event["location"]
        assert int(kept[str(event["uid"])]["sequence"]) >= int(event["sequence"])
    assert len({str(one["uid"]) for one in first}) == len(first)


def test_the_same_selection_gives_the_same_text(meeting: Store) -> None:
    assert calendar_file(meeting.source, meeting.selection, "zh") == calendar_file(
        meeting.source, meeting.selection, "zh"
    )


def test_only_the_selection_is_in_it(meeting: Store) -> None:
    chosen = Selection(groups=("C1",))
    found = inspections(meeting.source, chosen)
    read = events(calendar_file(meeting.source, chosen, "en"))
    assert [str(one["location"]) for one in read[: found.height]] == found["unit_name_en"].to_list()
    assert len(read) == found.height + 1


def test_an_empty_calendar_can_be_read(meeting: Store) -> None:
    nothing = Selection(groups=("T1",), unit_types=("non_public_enterprise",))
    assert events(calendar_file(meeting.source, nothing, "en")) == []


def test_hostile_names_stay_names(hostile_sources: Any) -> None:
    source: Source = hostile_sources.newest()
    found = inspections(source, Selection()).to_dicts()
    read = events(calendar_file(source, Selection(), "en"))
    assert [str(one["location"]) for one in read] == [row["unit_name_en"] for row in found]


def test_a_name_cannot_begin_a_line_of_its_own(frames: Mapping[str, pl.DataFrame]) -> None:
    evil = "Office\r\nATTENDEE:mailto:x@example.org\r\nEND:VEVENT; a, b\\n"
    named = dict(frames) | {"units": frames["units"].with_columns(name_en=pl.lit(evil))}
    source = Source.from_frames(named, APRIL)
    text = calendar_file(source, Selection(), "en")
    assert not [line for line in text.split("\r\n") if line.startswith("ATTENDEE")]
    assert len(events(text)) == 42


def test_the_button_of_the_page_gives_the_file_of_the_selection_once(meeting: Store) -> None:
    view = InspectionMonth(meeting)
    surface = view.__panel__()
    assert '"file"' not in surface.patch
    view.heard({"do": "ics"})
    assert "BEGIN:VCALENDAR" in surface.patch
    assert "file" not in view.shown()
