"""`campaign templates`: empty workbooks in a new folder, and where their lists come from."""

from pathlib import Path

import pytest

from dashboards.cli import main


def test_the_lists_come_from_the_newest_snapshot(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates", str(tmp_path / "week"), "--data", str(demo_data)]) == 0
    said = capsys.readouterr().out
    assert "11 workbooks" in said
    assert "snapshot 2014-09-28-0029" in said
    assert len(list((tmp_path / "week").iterdir())) == 11


def test_without_a_snapshot_they_come_from_the_demonstration_county_and_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates", str(tmp_path / "week"), "--data", str(tmp_path / "none")]) == 0
    assert "the demonstration county (invented)" in capsys.readouterr().out
    assert (tmp_path / "week" / "office.xlsx").exists()


def test_a_folder_with_workbooks_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "T1.xlsx").write_bytes(b"filled in")
    assert main(["templates", str(tmp_path), "--data", str(tmp_path / "none")]) == 2
    assert "T1.xlsx is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["T1.xlsx"]
    assert (tmp_path / "T1.xlsx").read_bytes() == b"filled in"
