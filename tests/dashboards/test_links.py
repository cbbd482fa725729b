"""Links: what a viewer's address writes another reads, and what a link does not get is told."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboards.store import Store

NEWEST, MEETING = date(2014, 9, 28), date(2014, 4, 13)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("group=T1&type=township", []),
        ("group=T1,T77", ["notice.group"]),
        ("type=town", ["notice.unit_type"]),
        ("from=4&to=99", ["notice.period"]),
        ("known_on=2014-04-15", ["notice.known_on.before"]),
        ("known_on=2013-01-01", ["notice.known_on"]),
        ("events_until=2015-01-01", ["notice.events_until"]),
        ("unit=nobody", ["notice.unit"]),
        ("colour=red", ["notice.unknown"]),
        (
            "group=T77&type=town&from=x&unit=nobody",
            ["notice.group", "notice.unit_type", "notice.period", "notice.unit"],
        ),
    ],
)
def test_what_a_link_does_not_get_is_told(store: Store, query: str, keys: list[str]) -> None:
    store.follow(query)
    assert [notice.key for notice in store.notices] == keys


def test_a_link_whose_every_group_is_unknown_is_told_so_rather_than_shown_as_all(store: Store) -> None:
    store.follow("group=T77")
    assert store.groups == []
    assert store.notices[0].values == {"value": "T77"}


def test_what_a_link_writes_another_viewer_reads(store: Store, store_of: Callable[..., Store], chosen: Any) -> None:
    first = store_of(**chosen)
    store.follow(first.query)
    assert store.stamp == first.stamp
    assert store.notices == []


def test_a_link_forgets_what_was_selected_before(store: Store) -> None:
    store.select(groups=["T1"], known_on=MEETING, period=(2, 3))
    store.follow("")
    assert store.query == ""
    assert store.known_on == NEWEST
