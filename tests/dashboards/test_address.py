"""The address: what is written can be read, and whatever else stands there is told and never raised."""

from datetime import date, timedelta
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.address import LONGEST, Notice, as_date, read, write
from dashboards.store import Store
from queries import Selection

NEWEST = date(2014, 9, 28)
days = st.dates(date(2014, 3, 10), NEWEST)
codes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=","), min_size=1, max_size=12)
names = st.lists(codes.filter(lambda name: name == name.strip()), max_size=6, unique=True).map(tuple)
weeks = st.tuples(st.integers(1, 30), st.integers(0, 10)).map(lambda pair: (pair[0], sum(pair)))

HOSTILE = {
    "SQL": "group=" + quote("T1' or 1=1; drop table units --"),
    "a script": "group=" + quote("<script>window.__xss=1</script>"),
    "a NUL": "group=T1%00",
    "bad UTF-8": "group=%ff%fe&type=%c3%28&unit=%80",
    "5,000 characters": "group=" + "a" * 5000,
    "1,000 times the same name": "&".join(["group=T1"] * 1000),
    "a list of 1,000": "group=" + ",".join(["T9"] * 1000),
    "many names": "&".join(f"x{number}=1" for number in range(60)),
    "no number": "from=NaN&to=Infinity",
    "numbers beyond every week": f"from=-1&to={10**40}",
    "digits of another script": "from=" + quote("²"),
    "weeks the wrong way round": "from=9&to=3",
    "no date": "known_on=yesterday&events_until=2014-02-30",
    "dates beyond the calendar": "known_on=0000-00-00&events_until=99999-01-01",
    "a date before the first snapshot": "known_on=0001-01-01",
    "events after the snapshot": "known_on=2014-04-13&events_until=2014-09-28",
    "brackets": "group=" + "[" * 3000,
    "broken escapes": "group=%&type=%zz&%%%=1",
    "bidi": "group=" + quote("\u202eT1\u2066"),
    "a format string": "group=" + quote("{0}{value!r}{__class__}%s"),
    "markup in a name": quote("<img src=x onerror=1>") + "=1",
    "a unit that is not there": "unit=" + quote("../../etc/passwd"),
}


@given(groups=names, unit_types=names, period=st.none() | weeks, known_on=days, lag=st.integers(0, 60), unit=codes)
def test_what_is_written_is_read_back(
    groups: tuple[str, ...],
    unit_types: tuple[str, ...],
    period: tuple[int, int] | None,
    known_on: date,
    lag: int,
    unit: str,
) -> None:
    until = known_on - timedelta(days=lag)
    written = write(Selection(known_on, until, groups, unit_types, period), newest=NEWEST, unit=unit.strip())
    asked = read(written)
    assert asked.notices == ()
    assert (asked.groups, asked.unit_types) == (groups, unit_types)
    first_and_last = (None, None) if period is None else (str(period[0]), str(period[1]))
    assert (asked.first_week, asked.last_week) == first_and_last
    assert as_date(asked.known_on or NEWEST.isoformat()) == known_on
    assert as_date(asked.events_until or known_on.isoformat()) == until
    assert asked.unit == (unit.strip() or None)


@given(st.text(max_size=LONGEST + 100) | st.binary(max_size=300).map(lambda raw: quote(raw)))
def test_no_text_at_all_raises(query: str) -> None:
    asked = read(query)
    assert all(isinstance(notice, Notice) for notice in asked.notices)
    if len(query) > LONGEST:
        assert asked.notices == (Notice("notice.long"),)


def test_everything_at_the_newest_snapshot_is_the_empty_query() -> None:
    assert write(Selection(NEWEST, NEWEST), newest=NEWEST) == ""


def test_repeated_and_listed_names_are_one_selection_without_doubles() -> None:
    assert read("group=T1,T2&group=T2,,%20C1%20").groups == ("T1", "T2", "C1")


def test_language_and_theme_in_an_address_are_nothing_to_tell_about() -> None:
    assert read("language=zh&theme=dark").notices == ()


def test_a_name_that_is_not_known_is_told() -> None:
    assert read("groups=T1").notices == (Notice("notice.unknown", {"value": "groups"}),)


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_link_shows_everything_and_a_notice(store: Store, query: str) -> None:
    expected = store.stamp
    store.follow(query)
    if "known_on=2014-04-13" in query:
        assert (store.known_on, store.events_until) == (date(2014, 4, 13), date(2014, 4, 13))
    else:
        assert store.stamp == expected
    assert store.notices
    assert all(len(str(value)) <= 60 for notice in store.notices for value in notice.values.values())


@given(query=st.text(max_size=80).map(lambda text: urlencode({"group": text, "from": text, "known_on": text})))
def test_any_text_in_any_place_leaves_the_newest_snapshot_whole(sources: object, query: str) -> None:
    store = Store(sources)
    store.follow(query)
    assert store.selection.known_on == NEWEST
