"""A selection is checked against its source before anything is asked."""

from datetime import date

import given
import pytest

from queries import Selection, Source, dimension, run
from queries.exceptions import QueryError, SelectionError, UnknownNameError

KNOWN_ON = date(2014, 4, 13)


@pytest.fixture(scope="module")
def source() -> Source:
    groups = {"T1": {"U1": "township"}, "C1": {"U2": "county_department"}}
    return given.source(given.tables(groups, {}), KNOWN_ON)


def test_nothing_chosen_means_everything_and_the_newest(source: Source) -> None:
    assert Selection().resolve(source) == Selection(known_on=KNOWN_ON, events_until=KNOWN_ON, period=(1, 5))


def test_a_resolved_selection_resolves_to_itself(source: Source) -> None:
    resolved = Selection(events_until=date(2014, 4, 1), groups=("T1",)).resolve(source)
    assert resolved.resolve(source) == resolved


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(events_until=date(2014, 4, 14)), "events_until 2014-04-14 lies after known_on 2014-04-13"),
        (Selection(events_until=date(2014, 3, 9)), "lies before the launch"),
        (Selection(known_on=date(2014, 4, 6)), "open the snapshot known on 2014-04-06"),
        (Selection(groups=("T1", "c1")), "unknown group 'c1'. Did you mean 'C1'"),
        (Selection(groups=("X",)), "unknown group 'X'. Known: C1, T1"),
        (Selection(unit_types=("townships",)), "unknown unit type 'townships'. Did you mean 'township'"),
        (Selection(period=(0, 2)), "choose weeks from 1 to 5"),
        (Selection(period=(3, 2)), "the first not after the last"),
        (Selection(period=(1, 6)), "period 1-6 does not exist"),
        (Selection(events_until=date(2014, 3, 20), period=(1, 3)), "choose weeks from 1 to 2"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_out(source: Source, selection: Selection, message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        run("completion_rate", source, selection)


def test_an_unknown_dimension_is_answered_with_the_nearest_one(source: Source) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'group'"):
        run("completion_rate", source, Selection(), ["groups"])


def test_dimensions_come_in_a_fixed_order_with_groups_as_displayed(source: Source) -> None:
    answer = run("weekly_coverage", source, Selection(period=(1, 1)), ["week", "unit", "group"])
    assert answer.columns[:3] == ["group_id", "unit_id", "week"]
    assert answer["group_id"].to_list() == ["T1", "C1"]


def test_dimensions_name_their_members(source: Source) -> None:
    assert dimension("groups", source)["count_units"].to_list() == [1, 1]
    assert dimension("units", source)["group_id"].to_list() == ["T1", "C1"]
    assert dimension("unit_types", source)["unit_type"].to_list() == ["county_department", "township"]
    weeks = dimension("weeks", source)
    assert weeks["week_from"].to_list()[0] == given.LAUNCHED_ON
    assert weeks["week_to"].to_list()[-1] == KNOWN_ON
    with pytest.raises(UnknownNameError, match="Did you mean 'groups'"):
        dimension("group", source)


def test_a_source_without_its_campaign_is_refused() -> None:
    with pytest.raises(QueryError, match="table campaign has 0 rows"):
        Source.from_frames({}, KNOWN_ON)
