"""What the rows of a log become: hand-overs, acts, ends, in their order."""

from datetime import date
from pathlib import Path

import pytest
from loghand import imported, steps

from data.exceptions import DataError
from data.logs import NO_HOLDER
from data.schemas.matters import NO_DUE_DAY

LEVELS = "case,activity,time,office,level"
DUE = "case,activity,time,office,due"


def test_a_change_of_holder_hands_over_and_the_activity_says_how(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "A,立项,2014-03-10,县委督查室",
        "A,转办,2014-03-12,林业局",
        "A,办理,2014-03-20,林业局",
        "A,退回,2014-03-21,县委督查室",
        "A,审核,2014-03-25,城关镇",
        "A,办结,2014-04-15,城关镇",
    )
    assert steps(found) == [
        ("A", "registered", "2014-03-10", "县委督查室"),
        ("A", "forwarded", "2014-03-12", "林业局"),
        ("A", "started", "2014-03-20", None),
        ("A", "returned", "2014-03-21", "县委督查室"),
        ("A", "forwarded", "2014-03-25", "城关镇"),
        ("A", "started", "2014-03-25", None),
        ("A", "closed", "2014-04-15", None),
    ]
    matter = found.snapshot.frame("matters").row(0, named=True)
    assert (matter["status"], matter["closed_on"]) == ("closed", date(2014, 4, 15))
    assert found.snapshot.known_on == date(2014, 4, 15)
    assert found.activities.filter(~found.activities["is_known"])["activity"].to_list() == ["审核"]


def test_a_hand_over_that_leaves_the_holder_hands_nothing_on(tmp_path: Path) -> None:
    found = imported(tmp_path, "A,create,2014-03-10,Office A", "A,forward,2014-03-12,Office A", "A,return,2014-03-13,")
    assert [step[1:] for step in steps(found)] == [
        ("registered", "2014-03-10", "Office A"),
        ("forwarded", "2014-03-12", None),
        ("returned", "2014-03-13", None),
    ]


def test_rows_after_the_last_closing_move_nothing(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "A,open,2014-03-10,Office A",
        "A,close,2014-03-12,Office A",
        "A,close,2014-03-14,Office B",
        "A,filed away,2014-03-20,Archive",
        "A,forward,2014-03-21,Office C",
    )
    assert [step[1:] for step in steps(found)] == [
        ("registered", "2014-03-10", "Office A"),
        ("claimed_done", "2014-03-12", None),
        ("forwarded", "2014-03-14", "Office B"),
        ("closed", "2014-03-14", None),
        ("started", "2014-03-20", None),
        ("started", "2014-03-21", None),
    ]
    assert found.snapshot.frame("matters")["closed_on"].to_list() == [date(2014, 3, 14)]


def test_a_reopened_case_is_open_until_it_is_closed_again(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "A,open,2014-03-10,Office A",
        "A,close,2014-03-12,Office A",
        "A,filed away,2014-03-13,Archive",
        "A,reopen,2014-03-20,",
        "A,work,2014-03-22,Office B",
    )
    assert [step[1:] for step in steps(found)] == [
        ("registered", "2014-03-10", "Office A"),
        ("closed", "2014-03-12", None),
        ("started", "2014-03-13", None),
        ("reopened", "2014-03-20", "Office A"),
        ("forwarded", "2014-03-22", "Office B"),
        ("started", "2014-03-22", None),
    ]
    matter = found.snapshot.frame("matters").row(0, named=True)
    assert (matter["status"], matter["closed_on"]) == ("in_progress", None)


def test_a_cancelled_case_ends_on_the_day_of_its_cancelling(tmp_path: Path) -> None:
    found = imported(tmp_path, "A,open,2014-03-10,Office A", "A,撤销,2014-03-15,Office A", "A,note,2014-03-18,Office A")
    matter = found.snapshot.frame("matters").row(0, named=True)
    assert (matter["status"], matter["reported_at"].date()) == ("cancelled", date(2014, 3, 15))


def test_moments_of_one_day_keep_their_times_and_days_the_order_of_the_file(tmp_path: Path) -> None:
    moments = imported(tmp_path, "A,work,2014-03-10 16:00,Office B", "A,open,2014-03-10 09:00,Office A", data="moments")
    assert moments.kind == "moment"
    assert [step[1:] for step in steps(moments)][:2] == [
        ("registered", "2014-03-10", "Office A"),
        ("forwarded", "2014-03-10", "Office B"),
    ]
    days = imported(tmp_path, "A,work,2014-03-10,Office B", "A,open,2014-03-10,Office A", data="days")
    assert (days.kind, days.is_backwards) == ("day", False)
    assert [step[3] for step in steps(days)] == ["Office B", None, "Office A"]


def test_a_file_with_the_newest_rows_first_is_turned_round(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "A,close,2014-03-12,Office B",
        "A,work,2014-03-10,Office B",
        "A,open,2014-03-10,Office A",
        "B,open,2014-03-09,Office A",
    )
    assert found.is_backwards
    assert [step[1] for step in steps(found)] == ["registered", "forwarded", "started", "closed", "registered"]


def test_one_row_forward_in_time_is_enough_to_leave_the_file_as_it_is(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        *("A,close,2014-03-12,Office B", "A,work,2014-03-10,Office B", "A,open,2014-03-10,Office A"),
        *("B,open,2014-03-09,Office A", "B,work,2014-03-10,Office A"),
    )
    assert not found.is_backwards


def test_moments_with_an_offset_are_brought_into_the_zone(tmp_path: Path) -> None:
    rows = ("A,open,2014-03-10T23:30:00Z,Office A", "A,work,2014-03-10T20:00:00-04:00,Office B")
    found = imported(tmp_path, *rows)
    assert [step[2] for step in steps(found)] == ["2014-03-11"] * 3
    utc = imported(tmp_path, *rows, data="utc", zone="UTC")
    assert [step[2] for step in steps(utc)] == ["2014-03-10", "2014-03-11", "2014-03-11"]


def test_a_row_without_a_holder_leaves_the_case_where_it_is(tmp_path: Path) -> None:
    found = imported(tmp_path, "A,open,2014-03-10,", "A,work,2014-03-11,Office A", "A,close,2014-03-12,")
    assert [step[3] for step in steps(found)] == [NO_HOLDER[0], "Office A", None, None]


def test_without_a_holder_column_levels_stand_for_bodies_or_nobody_is_named(tmp_path: Path) -> None:
    rows = ("A,open,2014-03-10,1", "A,work,2014-03-11,2", "A,close,2014-03-12,")
    levels = imported(tmp_path, *rows, header="case,activity,time,level")
    assert [step[3] for step in steps(levels)] == ["县级", "单位级", None, None]
    bare = imported(tmp_path, "A,open,2014-03-10", "A,work,2014-03-11", header="case,activity,time", data="bare")
    assert [step[3] for step in steps(bare)] == [NO_HOLDER[0], None]


def test_levels_are_numbers_or_names_and_an_empty_one_is_the_holders_only_one(tmp_path: Path) -> None:
    found = imported(
        tmp_path, "A,open,2014-03-10,Office A,县级", "A,work,2014-03-11,Office B,3", "A,x,2014-03-12,Office A,",
        header=LEVELS,
    )  # fmt: skip
    assert dict(found.snapshot.frame("bodies").select("name_zh", "level").rows()) == {"Office A": 1, "Office B": 3}
    assert [step[3] for step in steps(found)] == ["Office A", "Office B", None, "Office A", None]


def test_a_holder_at_two_levels_is_two_bodies(tmp_path: Path) -> None:
    found = imported(tmp_path, "A,open,2014-03-10,Office A,1", "A,work,2014-03-11,Office A,2", header=LEVELS)
    assert sorted(found.snapshot.frame("bodies").select("name_zh", "level").rows()) == [
        ("Office A", 1),
        ("Office A", 2),
    ]
    assert [step[1] for step in steps(found)] == ["registered", "forwarded", "started"]


def test_the_first_due_day_is_the_original_and_the_latest_is_in_force(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        *("A,open,2014-03-10,Office A,2014-03-20", "A,work,2014-03-11,Office A,", "A,x,2014-03-12,Office A,2014-04-20"),
        "B,open,2014-03-10,Office A,",
        header=DUE,
    )
    told = found.snapshot.frame("matters").select("matter_id", "due_on_original", "due_on", "extensions_n").rows()
    assert told == [("A", date(2014, 3, 20), date(2014, 4, 20), 1), ("B", NO_DUE_DAY, NO_DUE_DAY, 0)]


def test_rows_that_repeat_an_earlier_one_in_every_cell_are_counted_once(tmp_path: Path) -> None:
    rows = ("A,open,2014-03-10,Office A,1", "A,open,2014-03-10,Office A,1", "A,open,2014-03-10,Office A,2")
    found = imported(tmp_path, *rows, header="case,activity,time,office,number")
    assert (found.rows, found.repeated) == (2, 1)


def test_a_mapped_activity_is_what_it_was_mapped_to(tmp_path: Path) -> None:
    rows = ("A,open,2014-03-10,Office A", "A,filed,2014-03-11,Office A")
    assert [step[1] for step in steps(imported(tmp_path, *rows))] == ["registered", "started"]
    mapped = imported(tmp_path, *rows, data="mapped", maps={"filed": "closed"})
    assert [step[1] for step in steps(mapped)] == ["registered", "closed"]


@pytest.mark.parametrize(
    ("maps", "said"),
    [
        ({"open": "registerd"}, "Did you mean 'registered'?"),
        ({"open": "slip_issued"}, "there is no step 'slip_issued'"),
        ({"opne": "registered"}, "did you mean 'open'?"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_refused(maps: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        imported(tmp_path, "A,open,2014-03-10,Office A", maps=maps)
    assert said in str(error.value)
    assert not (tmp_path / "data").exists()


def test_every_row_is_told_with_its_place(tmp_path: Path) -> None:
    found = imported(tmp_path, "A,open,2014-03-10,Office A", "A,look,2014-03-11,Office B")
    assert found.snapshot.frame("matter_events")["source_ref"].to_list() == [
        "log.csv row 2: open",
        "log.csv row 3: look",
        "log.csv row 3: look",
    ]
