"""What a log is refused for: file, row, column, value and what to do; nothing is published then."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from loghand import PLAIN, imported, steps, write

from data.exceptions import DataError, RefusedError
from data.intake import Here
from data.logs import Columns, import_log
from data.snapshots import Snapshot

GOOD = "A,open,2014-03-10,Office A"


def refused(folder: Path, *rows: str, header: str = PLAIN, **options: object) -> pl.DataFrame:
    with pytest.raises(RefusedError) as error:
        imported(folder, *rows, header=header, **options)
    assert not (folder / "data").exists()
    return error.value.failures


@pytest.mark.parametrize(
    ("row", "header", "told"),
    [
        (",work,2014-03-11,Office A", PLAIN, ("V04", "case", "")),
        ("A,,2014-03-11,Office A", PLAIN, ("V04", "activity", "")),
        ("A,work,,Office A", PLAIN, ("V04", "time", "")),
        ("A,work,03/11/2014,Office A", PLAIN, ("type", "time", "03/11/2014")),
        ("A,work,2014-02-30,Office A", PLAIN, ("type", "time", "2014-02-30")),
        ("A,work,41709.5,Office A", PLAIN, ("type", "time", "41709.5")),
        ("A,work,2014-03-11 24:30,Office A", PLAIN, ("type", "time", "2014-03-11 24:30")),
        ("A,work,2014-03-11 10:00,Office A", PLAIN, ("type", "time", "2014-03-11 10:00")),
        ("A,work,2014-03-11,Office A,5", "case,activity,time,office,level", ("V03", "level", "5")),
        ("A,work,2014-03-11,Office B,", "case,activity,time,office,level", ("V04", "level", "")),
        ("A,work,2014-03-11,Office A,2014-03-09", "case,activity,time,office,due", ("V27", "due", "2014-03-09")),
        ("A,work,2014-03-11,Office A,soon", "case,activity,time,office,due", ("type", "due", "soon")),
        ("A,work,2014-03-11,王伟", PLAIN, ("V30", "office", "")),
        ("A,work,2014-03-11,林业局王科长", PLAIN, ("V30", "office", "")),
        ("A,work,2014-03-11,Zhang Wei", PLAIN, ("V30", "office", "")),
        ("A,work,2014-03-11,user_17", PLAIN, ("V30", "office", "")),
        ("A,送张局长审定,2014-03-11,Office A", PLAIN, ("V30", "activity", "")),
        ("110101199003071234,work,2014-03-11,Office A", PLAIN, ("V30", "case", "")),
        (f"A,{'x' * 201},2014-03-11,Office A", PLAIN, ("V03", "activity", "x" * 199 + "…")),
    ],
)
def test_a_wrong_cell_is_named(row: str, header: str, told: tuple[str, str, str], tmp_path: Path) -> None:
    first = {"level": f"{GOOD},1", "due": f"{GOOD},"}.get(header.rpartition(",")[2], GOOD)
    found = refused(tmp_path, first, row, header=header)
    assert found.select("file", "place", "rule", "column", "value").rows() == [("log.csv", "row 3", *told)]
    assert len(found["message"][0]) > 10


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, GOOD, ",work,2014-03-11,Office A", "A,work,never,王伟")
    assert found["place"].to_list() == ["row 3", "row 4", "row 4"]


def test_moments_with_and_without_an_offset_are_not_mixed(tmp_path: Path) -> None:
    found = refused(tmp_path, "A,open,2014-03-10 10:00,Office A", "A,work,2014-03-11T10:00:00Z,Office A")
    assert found.select("place", "column").rows() == [("row 3", "time")]
    assert "a moment without an offset" in found["message"][0]


@pytest.mark.parametrize(
    "name", ["经办人", "handler", "org:resource", "姓名", "联系电话", "user_name", "责任人", "contact"]
)
def test_a_column_about_persons_is_refused(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, header=f"case,activity,time,{name}")
    with pytest.raises(DataError, match="about persons"):
        import_log(path, Columns("case", "activity", "time", name), tmp_path / "data")


@pytest.mark.parametrize("name", ["owner_department", "经办人单位", "org:group", "承办单位", "责任部门", "user group"])
def test_a_column_of_their_offices_is_read(name: str, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, header=f"case,activity,time,{name}")
    found = import_log(path, Columns("case", "activity", "time", name), tmp_path / "data", reader=Here())
    assert found.snapshot.frame("bodies")["name_zh"].to_list() == ["Office A"]


def test_columns_about_persons_that_are_not_named_are_never_read(tmp_path: Path) -> None:
    found = imported(tmp_path, f"{GOOD},王伟", header=f"{PLAIN},经办人")
    for path in found.snapshot.folder.iterdir():
        assert "王伟".encode() not in path.read_bytes()


def test_a_column_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    found = refused(tmp_path, GOOD, header="case,activty,time,office")
    assert found.select("place", "rule", "column").rows() == [("row 1", "columns", "activity")]
    assert "did you mean 'activty'?" in found["message"][0]


def test_one_column_has_one_meaning(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="one column, one meaning"):
        import_log(write(tmp_path, GOOD), Columns("case", "activity", "time", "case"), tmp_path / "data")


def test_xes_and_workbooks_are_refused_with_the_way_to_csv(tmp_path: Path) -> None:
    for name, said in (("log.xes", "convert_to_dataframe"), ("log.xes.gz", "licence"), ("log.xlsx", "CSV UTF-8")):
        (tmp_path / name).write_bytes(b"x")
        with pytest.raises(DataError, match=said):
            import_log(tmp_path / name, Columns("case", "activity", "time"), tmp_path / "data")


def test_a_log_in_gb18030_is_read_and_one_that_may_be_big5_is_not(tmp_path: Path) -> None:
    rows = ("甲,立项,2014年3月10日,县委督查室", "甲,转办,2014/3/11,城关镇鑫淼站", "甲,办结,2014.3.12,城关镇鑫淼站")
    found = imported(tmp_path, *rows, encoding="gb18030")
    assert [step[1] for step in steps(found)] == ["registered", "forwarded", "closed"]
    assert found.snapshot.manifest.sources[0].form == "csv, gb18030"


def test_a_day_asked_for_before_the_end_of_the_log_is_refused(tmp_path: Path) -> None:
    found = refused(tmp_path, GOOD, "A,work,2014-03-20,Office A", known_on=date(2014, 3, 15))
    assert found.select("place", "rule", "column", "value").rows() == [("row 3", "V06", "time", "2014-03-20")]
    later = imported(tmp_path, GOOD, known_on=date(2014, 4, 1))
    assert later.snapshot.known_on == date(2014, 4, 1)


def test_a_log_is_kept_apart_from_a_county(tmp_path: Path, demo_data: Path) -> None:
    before = Snapshot.newest(demo_data).id
    with pytest.raises(DataError, match="holds 29 snapshots of a county"):
        import_log(write(tmp_path, GOOD), Columns("case", "activity", "time"), demo_data)
    assert Snapshot.newest(demo_data).id == before


def test_a_longer_log_follows_the_one_before_and_the_same_day_does_not(tmp_path: Path) -> None:
    first = imported(tmp_path, GOOD)
    second = imported(tmp_path, GOOD, "A,work,2014-03-17,Office B")
    assert second.snapshot.manifest.parent == first.snapshot.id
    with pytest.raises(DataError, match="not later than the newest"):
        imported(tmp_path, GOOD, "A,work,2014-03-17,Office C")


def test_an_empty_log_and_a_strange_zone_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path)["message"].to_list() == ["the log has no rows"]
    with pytest.raises(DataError, match="no time zone 'Peking'"):
        imported(tmp_path, GOOD, zone="Peking")
    with pytest.raises(DataError, match="give 0 or more"):
        imported(tmp_path, GOOD, allowed_days=-1)


def test_the_same_log_makes_the_same_snapshot_in_any_order_of_its_cases(tmp_path: Path) -> None:
    rows = ["A,open,2014-03-10,Office A", "B,open,2014-03-09,Office B", "A,work,2014-03-12,Office B"]
    frames = [
        imported(tmp_path, *order, data=name).snapshot.frame("matter_events").drop("source_ref")
        for name, order in (("one", rows), ("two", [rows[1], rows[0], rows[2]]))
    ]
    assert frames[0].equals(frames[1])
