"""`campaign calendar`: a file that calendar programs open."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from dashboards.cli import main


def written(data: Path, folder: Path, *words: str) -> list[date]:
    target = folder / "inspections.ics"
    assert main(["calendar", "--out", str(target), "--data", str(data), *words]) == 0
    read = Calendar.from_ical(target.read_bytes())
    return [one.decoded("dtstart") for one in read.walk() if one.name == "VEVENT"]


def test_the_file_has_what_is_still_to_come(demo_data: Path, tmp_path: Path) -> None:
    days = written(demo_data, tmp_path, "--known-on", "2014-04-13")
    assert len(days) == 42
    assert max(days) > date(2014, 4, 13)


def test_weeks_and_groups_narrow_it(demo_data: Path, tmp_path: Path) -> None:
    days = written(demo_data, tmp_path, "--known-on", "2014-04-13", "--from", "4", "--to", "4")
    assert {(day - date(2014, 3, 10)).days // 7 + 1 for day in days} == {4}
    assert len(written(demo_data, tmp_path, "--group", "T2")) == 3


def test_the_language_is_asked_for(demo_data: Path, tmp_path: Path) -> None:
    written(demo_data, tmp_path)
    assert "督查检查日历" in (tmp_path / "inspections.ics").read_text(encoding="utf-8")
    written(demo_data, tmp_path, "--language", "en")
    assert "X-WR-CALNAME:Inspections" in (tmp_path / "inspections.ics").read_text(encoding="utf-8")


def test_without_a_file_nothing_is_written(demo_data: Path) -> None:
    with pytest.raises(SystemExit):
        main(["calendar", "--data", str(demo_data)])


def test_an_unknown_group_is_refused(demo_data: Path, tmp_path: Path) -> None:
    target = tmp_path / "inspections.ics"
    assert main(["calendar", "--out", str(target), "--data", str(demo_data), "--group", "T9"]) == 2
    assert not target.exists()
