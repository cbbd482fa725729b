from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.exceptions import RefusedError, UnsignedError
from data.publishing import PublishingError
from data.refresh import Prepared, Week, look, prepare, publish, refresh, refresh_many
from data.schemas import TABLES
from data.snapshots import Snapshot

SUNDAY = date(2014, 4, 13)
TODAY = date(2014, 10, 1)
FILES = {
    "campaign": """\
campaign_id,name_zh,name_en,launched_on,planned_end_on,timezone,week_start,report_weekday,report_hour
mine,活动,Campaign,2014-03-10,,Asia/Shanghai,mon,5,18
""",
    "supervision_groups": """\
group_id,group_kind,group_no,name_zh,name_en,covers_non_public,members_n,trained_on,plan_approved_on,display_order
T1,township,1,第一组,Group 1,false,3,,,1
""",
    "units": """\
unit_id,name_zh,name_en,unit_type,peer_class,sub_batch,joined_on,left_on
u1,一乡,First,township,township,1,2014-03-10,
u2,二乡,Second,township,township,1,2014-03-10,
""",
    "unit_assignments": """\
unit_id,group_id,valid_from,valid_to
u1,T1,2014-03-10,
u2,T1,2014-03-10,
""",
    "visits": """\
visit_id,group_id,unit_id,visited_on,mode,announced,purpose,duration_h,interview_count,documents_checked,\
meeting_attended,problems_raised,targeted_action,reported_at,revision,is_void,source_ref
v2,T1,u2,2014-03-20,on_site,,guide,2.5,3,true,false,0,,2014-03-21 09:00:00,1,false,
v1,T1,u1,2014-03-13,on_site,,guide,2.5,3,true,false,0,,2014-03-14 09:00:00,1,false,
""",
}

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of a county of two units; `changes` are pairs (table, old text, new text)."""

    def write(*changes: tuple[str, str, str], name: str = "week") -> Path:
        files = dict(FILES)
        for table, old, new in changes:
            assert old in files[table]
            files[table] = files[table].replace(old, new)
        (tmp_path / name).mkdir(exist_ok=True)
        for table, text in files.items():
            (tmp_path / name / f"{table}.csv").write_text(text)
        return tmp_path / name

    return write


def failures(folder: Path) -> list[tuple[str, ...]]:
    """The failures without the advice."""
    with pytest.raises(RefusedError) as refused:
        prepare(folder, SUNDAY)
    assert "" not in refused.value.failures["message"].to_list()
    return refused.value.failures.drop("message").rows()


def test_a_good_folder_becomes_the_newest_snapshot(folder: Folder, tmp_path: Path) -> None:
    snapshot = refresh(folder(), SUNDAY, tmp_path / "data", today=TODAY)
    assert snapshot == Snapshot.newest(tmp_path / "data")
    assert snapshot.known_on == SUNDAY
    assert snapshot.frame("visits")["visit_id"].to_list() == ["v1", "v2"]
    assert [snapshot.frame(table).height for table in TABLES].count(0) == len(TABLES) - len(FILES)
    assert {source.name for source in snapshot.manifest.sources} == {f"{table}.csv" for table in FILES}
    assert not snapshot.synthetic


def test_the_same_folder_gives_the_same_snapshot_anywhere(folder: Folder, tmp_path: Path) -> None:
    first, second = (refresh(folder(), SUNDAY, tmp_path / place, today=TODAY) for place in ("one", "two"))
    assert first.manifest == second.manifest
    assert prepare(folder(), SUNDAY) == prepare(folder(), SUNDAY)


def test_every_failing_row_is_named_and_nothing_is_published(folder: Folder, tmp_path: Path) -> None:
    week = folder(
        ("visits", "v2,T1,u2", "v1,T1,u9"),
        ("visits", "on_site,,guide,2.5,3,true,false,0,,2014-03-14", "by_car,,guide,2.5,3,true,false,0,,2014-03-14"),
        ("units", "township,township,1", "township,,1"),
    )
    assert {failure[:4] for failure in failures(week)} >= {
        ("visits.csv", "row 2", "V02", "unit_id"),
        ("visits.csv", "row 3", "V01", "visit_id"),
        ("visits.csv", "row 3", "V03", "mode"),
        ("units.csv", "row 2", "V04", "peer_class"),
        ("units.csv", "row 3", "V04", "peer_class"),
    }
    with pytest.raises(RefusedError):
        refresh(week, SUNDAY, tmp_path / "data", today=TODAY)
    assert not (tmp_path / "data").exists()


def test_a_fact_that_is_known_too_early_is_named(folder: Folder) -> None:
    week = folder(("visits", "2014-03-21 09:00:00", "2014-05-01 09:00:00"))
    assert ("visits.csv", "row 2", "V06") in {failure[:3] for failure in failures(week)}


def test_unreadable_cells_and_broken_rules_are_named_together(folder: Folder) -> None:
    week = folder(("visits", "2014-03-20", "20 March"), ("visits", "v1,T1,u1", "v1,T1,u9"))
    assert failures(week) == [
        ("visits.csv", "row 2", "type", "visited_on", "20 March"),
        ("visits.csv", "row 3", "V02", "unit_id", "u9"),
    ]


def test_an_unreadable_table_does_not_accuse_the_tables_that_refer_to_it(folder: Folder) -> None:
    week = folder(("units", "unit_id,", "unit,"))
    assert {failure[:3] for failure in failures(week)} == {("units.csv", "row 1", "columns")}


def test_one_unreadable_assignment_does_not_accuse_visits_and_units(folder: Folder) -> None:
    week = folder(("unit_assignments", "u1,T1,2014-03-10", "u1,T1,3.10"))
    assert failures(week) == [("unit_assignments.csv", "row 2", "type", "valid_from", "3.10")]


def test_a_folder_without_campaign_is_refused(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert failures(tmp_path / "empty") == [("campaign", "", "V05", "campaign_id", "")]


def test_warnings_are_kept_with_their_count_and_the_reason_they_were_accepted(folder: Folder, tmp_path: Path) -> None:
    week = folder(("visits", "2.5,3,true", "13.0,31,true"))
    snapshot = refresh(
        week, SUNDAY, tmp_path / "data", today=TODAY, accepted={"V12": "a small county", "V22": " long days "}
    )
    (warning,) = [each for each in snapshot.manifest.warnings if each.rule == "V22"]
    assert (warning.count, warning.because) == (2, "long days")
    assert Snapshot.newest(tmp_path / "data").manifest.warnings == snapshot.manifest.warnings


@pytest.mark.parametrize("accepted", [{}, {"V22": "  "}, {"V16": "another rule"}])
def test_a_warning_without_a_reason_publishes_nothing(folder: Folder, tmp_path: Path, accepted: dict[str, str]) -> None:
    week = folder(("visits", "2.5,3,true", "13.0,31,true"))
    with pytest.raises(UnsignedError, match="V22 in 2 rows"):
        refresh(week, SUNDAY, tmp_path / "data", today=TODAY, accepted=accepted)
    assert Snapshot.list(tmp_path / "data") == []


def test_looking_publishes_nothing_and_tells_everything(folder: Folder, tmp_path: Path) -> None:
    refresh(folder(), SUNDAY, tmp_path / "data", today=TODAY)
    later = folder(("visits", "2.5,3,true", "13.0,31,true"))
    found = look(later, SUNDAY + timedelta(weeks=1), tmp_path / "data", today=TODAY)
    assert not found.is_refused
    assert found.unsigned({}) == {"V22": 2}
    results = {row["rule"]: row["count"] for row in found.results().to_dicts()}
    assert results["V01"] == 0
    assert results["V22"] == 4
    assert set(found.differences["kind"]) == {"restated"}
    assert len(Snapshot.list(tmp_path / "data")) == 1


def test_a_key_that_is_gone_needs_a_sign_off(folder: Folder, tmp_path: Path) -> None:
    refresh(folder(), SUNDAY, tmp_path / "data", today=TODAY)
    line = "v1,T1,u1,2014-03-13,on_site,,guide,2.5,3,true,false,0,,2014-03-14 09:00:00,1,false,\n"
    found = look(folder(("visits", line, "")), SUNDAY + timedelta(weeks=1), tmp_path / "data", today=TODAY)
    (warning,) = found.warnings
    assert warning.rule.code == "V31"
    assert warning.cells.select("file", "column", "value").rows() == [("visits", "visit_id", "v1")]
    assert found.differences["kind"].to_list() == ["vanished"]


def test_a_week_that_is_not_later_is_refused(folder: Folder, tmp_path: Path) -> None:
    refresh(folder(), SUNDAY, tmp_path / "data", today=TODAY)
    with pytest.raises(PublishingError, match="not later than the newest"):
        refresh(folder(), SUNDAY, tmp_path / "data", today=TODAY)


def test_progress_is_reported_to_the_end(folder: Folder, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    refresh(
        folder(), SUNDAY, tmp_path / "data", today=TODAY, progress=lambda done, total, _: seen.append((done, total))
    )
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_many_weeks_are_published_in_order_and_the_first_refused_ends_them(folder: Folder, tmp_path: Path) -> None:
    bad = folder(("visits", "v1,T1,u1", "v1,T1,u9"), name="bad")
    seen: list[str] = []

    def weeks() -> Iterator[Week]:
        for number in range(5):
            yield bad if number == 3 else folder(), SUNDAY + timedelta(weeks=number)

    with pytest.raises(RefusedError):
        refresh_many(weeks(), tmp_path / "data", total=5, progress=lambda *step: seen.append(step[2]))
    published = Snapshot.list(tmp_path / "data")
    assert [snapshot.known_on for snapshot in published] == [SUNDAY + timedelta(weeks=number) for number in range(3)]
    assert seen == ["", *(snapshot.id for snapshot in published)]
    one_by_one = tmp_path / "one by one"
    for snapshot in published:
        assert publish(prepare(folder(), snapshot.known_on), one_by_one).manifest == snapshot.manifest


def test_a_prepared_week_holds_no_number_yet(folder: Folder) -> None:
    prepared = prepare(folder(), SUNDAY)
    assert isinstance(prepared, Prepared)
    assert (prepared.manifest.id, prepared.manifest.sequence) == ("", 0)
