"""SQL of one's own: answered over the locked source, refused in a few words that say what to do."""

from datetime import date

import pytest

from dashboards.bench import Snapshots
from data.schemas import TABLES
from queries.exceptions import StatementError

COUNT = "select count(*)::bigint as n from visits where visited_on <= $until"
THEN = date(2014, 4, 13)


def test_values_are_given_by_name(opened: Snapshots) -> None:
    found = opened[-1].sql(COUNT, until=THEN)
    visits = opened[-1].table("visits")
    assert found["n"].to_list() == [visits.filter(visits["visited_on"] <= THEN).height]
    assert opened.sql(COUNT, until=THEN).equals(found)


def test_known_on_is_the_day_of_the_snapshot(opened: Snapshots) -> None:
    assert opened.sql("select $known_on::date as day")["day"].to_list() == [opened.newest.known_on]
    assert opened.sql("select $known_on::date as day", known_on="2014-04-15")["day"].to_list() == [THEN]
    earlier = opened.sql(COUNT, known_on=THEN, until=THEN)
    assert earlier.equals(opened[THEN].sql(COUNT, until=THEN))
    assert earlier["n"][0] < opened.sql(COUNT, until=THEN)["n"][0]


REFUSED = {
    "unknown table": ("select * from visitz", {}, "there is no table 'visitz'. Did you mean 'visits'?"),
    "unknown column": ("select visited from visits", {}, "there is no column 'visited' here"),
    "value missing": (COUNT, {}, r"\$until has no value: give it by name"),
    "value too many": ("select 1", {"until": THEN}, r"the SELECT has no \$until: leave until= out"),
    "value misspelt": (COUNT, {"untill": THEN}, r"Did you mean 'until'"),
    "writing": ("drop table visits", {}, "read-only and takes exactly one SELECT, this is DROP"),
    "two statements": ("select 1; select 2", {}, "exactly one SELECT, this is SELECT, SELECT"),
    "nothing": ("", {}, "exactly one SELECT, this is nothing"),
    "a file": ("select * from read_csv('/etc/hostname')", {}, "the source is locked"),
    "a setting": ("set threads = 1", {}, "read-only"),
    "no SQL": ("selec 1", {}, 'syntax error at or near "selec"'),
}


@pytest.mark.parametrize(("text", "values", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_told_shortly(opened: Snapshots, text: str, values: dict[str, object], said: str) -> None:
    with pytest.raises(StatementError, match=said) as caught:
        opened.sql(text, **values)
    assert len(str(caught.value).splitlines()) <= 4
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert caught.value._render_traceback_()  # type: ignore[attr-defined]


def test_a_value_never_becomes_part_of_the_statement(opened: Snapshots) -> None:
    hostile = "'; drop table visits; --"
    assert opened.sql("select $text as said", **{"text": hostile})["said"].to_list() == [hostile]


def test_the_tables_are_those_that_can_be_asked(opened: Snapshots) -> None:
    frame = opened.tables
    assert set(frame["table"]) == set(opened.newest.source.tables())
    assert set(frame.drop_nulls("rows")["table"]) == set(TABLES)
    rows = dict(frame.select("table", "rows").rows())
    assert opened.table("visits").height == rows["visits"]
    assert opened.table("visits", known_on=THEN).height < rows["visits"]
