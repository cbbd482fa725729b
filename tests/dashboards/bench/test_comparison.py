"""Two snapshots compared: the frames are those of `data` and `queries`, the words say the same in both languages."""

import re

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboards import compare
from dashboards.bench import Comparison, Snapshots
from data.difference import KINDS, difference, summary
from data.telling import sentences
from queries import QueryError, Selection, moves
from queries.moves import HEADLINE


@pytest.fixture(scope="module")
def found(opened: Snapshots) -> Comparison:
    return compare(opened["2014-06-15"], opened["2014-06-22"])


def test_the_frames_are_those_of_difference_and_moves(opened: Snapshots, found: Comparison) -> None:
    former, latter = opened["2014-06-15"], opened["2014-06-22"]
    tables = former.published.tables(), latter.published.tables()
    changes = difference(*tables, former.known_on, latter.known_on)
    assert changes.height
    assert_frame_equal(found.frames["changes"], changes)
    assert_frame_equal(found.frames["summary"], summary(changes))
    assert_frame_equal(found.moves, moves(former.source, latter.source))
    assert found.frames["moves"] is found.moves
    assert_frame_equal(pl.concat([found.frames[kind] for kind in KINDS]).sort(pl.all()), changes.sort(pl.all()))


def test_the_words_tell_the_changes_and_every_move_in_both_languages(found: Comparison) -> None:
    for language in ("en", "zh"):
        told = found.words[language]
        assert told[1 : -len(HEADLINE)] == sentences(found.frames["changes"], language)
        assert all(each.id in told[0] for each in (found.former, found.latter))
    numbers = [
        [re.findall(r"[+−±]?\d[\d.]*%?", text) for text in found.words[language][-len(HEADLINE) :]]
        for language in ("en", "zh")
    ]
    assert numbers[0] == numbers[1]
    assert len(found.words["en"]) == len(found.words["zh"])


def test_a_move_is_told_with_its_two_parts(found: Comparison) -> None:
    row = found.moves.row(
        by_predicate=(pl.col("indicator") == "visits_per_unit") & pl.col("group_id").is_null(), named=True
    )
    said = next(text for text in found.words["en"] if text.startswith("Visits per unit"))
    assert f"{row['before']:.2f} → {row['now']:.2f}" in said
    assert f"{row['moved_by_new_events']:+.2f} by new events" in said


def test_other_indicators_and_a_selection_can_be_asked(opened: Snapshots) -> None:
    former, latter = opened[-2:]
    some = compare(former, latter, "rectification_rate", groups="C1", period=(1, 20))
    wanted = moves(former.source, latter.source, Selection(groups=("C1",), period=(1, 20)), ["rectification_rate"])
    assert_frame_equal(some.moves, wanted)
    assert some.selection.groups == ("C1",)


def test_nothing_changed_is_said_too(opened: Snapshots) -> None:
    same = compare(opened[-1], opened[-1])
    assert same.frames["changes"].is_empty()
    assert "Nothing has changed." in same.words["en"]
    assert any("as before" in text for text in same.words["en"])


def test_a_comparison_the_wrong_way_round_says_how_to_turn_it(opened: Snapshots) -> None:
    with pytest.raises(QueryError, match="give the earlier snapshot first"):
        compare(opened[-1], opened[-2])
    with pytest.raises(QueryError, match="Did you mean 'on_time_rate'"):
        compare(opened[-2], opened[-1], "on_time_rat")
