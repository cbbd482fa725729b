"""The cube is kept, shared between threads, and refuses dates it does not hold."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from gc import collect
from pathlib import Path
from weakref import ref

import given
import pytest
from polars.testing import assert_frame_equal

from queries import Cube, Selection, Source, indicators, open_source, rows, run
from queries.cube import KEPT_PER_SOURCE
from queries.exceptions import SelectionError, UnknownNameError
from queries.reshape import bin_labels, lag_bins

KNOWN_ON = date(2014, 4, 13)


@pytest.fixture(scope="module")
def source(demo_data: Path) -> Source:
    return open_source(demo_data, known_on=KNOWN_ON)


def small() -> Source:
    return given.source(given.tables({"T1": {"U1": "township"}}, {}), KNOWN_ON)


def test_a_cube_is_made_once_and_the_least_used_one_given_up() -> None:
    source = small()
    first = Cube.of(source)
    assert Cube.of(source, KNOWN_ON) is first
    for days in range(1, KEPT_PER_SOURCE):
        Cube.of(source, KNOWN_ON - timedelta(days=days))
    assert Cube.of(source) is first
    Cube.of(source, KNOWN_ON - timedelta(days=KEPT_PER_SOURCE))
    assert Cube.of(source) is first


def test_a_cube_does_not_keep_its_source_alive() -> None:
    source = small()
    gone = ref(source)
    Cube.of(source)
    del source
    collect()
    assert gone() is None


def test_a_cube_answers_for_its_own_date_only() -> None:
    source = small()
    cube = Cube.of(source, date(2014, 4, 1))
    assert cube.answer("completion_rate", Selection(events_until=date(2014, 4, 1))).height == 1
    for selection in (Selection(), Selection(events_until=KNOWN_ON)):
        with pytest.raises(SelectionError, match="this cube holds events until 2014-04-01"):
            cube.answer("completion_rate", selection)
    with pytest.raises(SelectionError, match="lies after known_on"):
        Cube.of(source, KNOWN_ON + timedelta(days=1))
    with pytest.raises(SelectionError, match="unknown group"):
        Cube.of(source).answer("completion_rate", Selection(groups=("T9",)))
    with pytest.raises(UnknownNameError, match="unknown indicator"):
        Cube.of(source).answer("completion", Selection())


def test_threads_asking_at_once_get_the_same_cube_and_answers(source: Source) -> None:
    until = date(2014, 4, 6)
    selection = Selection(events_until=until)
    by = {name: given.askable(name, ("group", "week")) for name in indicators()}
    wanted = {name: run(name, source, selection, by[name]) for name in indicators()}

    def ask(_: int) -> Cube:
        cube = Cube.of(source, until)
        for name, answer in wanted.items():
            assert_frame_equal(cube.answer(name, selection, by[name]), answer, check_exact=True)
        return cube

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(40)))) == 1


@pytest.mark.parametrize(
    "selection", [Selection(), Selection(groups=("C2", "T4")), Selection(unit_types=("township",), period=(2, 4))]
)
@pytest.mark.parametrize("by", ["unit_type", "group"])
def test_latency_bins_are_those_of_the_rows(source: Source, selection: Selection, by: str) -> None:
    bins = Cube.of(source).latency_bins(selection, by)
    counted = lag_bins(rows("event_to_report_latency", source, selection), by)
    column = bins.columns[0]
    assert_frame_equal(bins.sort(column, "bin_no"), counted)
    assert bins["facts"].sum() == run("event_to_report_latency", source, selection)["denominator"].item()


def test_a_member_without_facts_has_empty_bins_and_no_shares() -> None:
    bins = Cube.of(small()).latency_bins(Selection(), "unit_type")
    assert bins["bin"].to_list() == ["0-2", "3-7", "8-14", ">14"]
    assert bins["facts"].to_list() == [0, 0, 0, 0]
    assert bins["share"].to_list() == [None] * 4


def test_a_county_whose_units_have_not_joined_yet_has_empty_answers() -> None:
    county = given.tables({"T1": {"U1": "township"}}, {})
    county["units"][0]["joined_on"] = date(2014, 5, 1)
    source = given.source(county, KNOWN_ON)
    for name in indicators():
        for by in {given.askable(name, by) for by in ((), ("group",), ("unit", "week"))}:
            answer = Cube.of(source).answer(name, Selection(), by)
            assert_frame_equal(answer, run(name, source, Selection(), by))
            assert answer.height == (0 if by else 1)


def test_bins_are_named_by_their_first_and_last_day() -> None:
    assert bin_labels((0, 1, 5)) == ("0", "1", "2-5", ">5")
