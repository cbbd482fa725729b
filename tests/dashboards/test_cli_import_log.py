"""`campaign import-log`: another system's log as a snapshot, its first figures, and how each is counted."""

import json
from pathlib import Path

import pytest

from dashboards.cli import main
from data.snapshots import Snapshot

ROWS = (
    "A,立项,2014-03-10,县委督查室,1,2014-04-01",
    "A,转办,2014-03-12,林业局,2,",
    "A,办结,2014-03-30,林业局,2,",
    "B,立项,2014-03-11,县委督查室,1,",
    "B,会签,2014-03-15,城关镇,2,",
)
NAMED = ["--case", "case", "--activity", "activity", "--time", "time", "--holder", "office"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["case,activity,time,office,level,due", *ROWS]), encoding="utf-8")
    return path


def test_the_figures_stand_beside_how_they_are_counted(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "logs"
    asked = ["import-log", str(log), *NAMED, "--level", "level", "--due", "due", "--allowed-days", "5"]
    assert main([*asked, "--data", str(data), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    figures = {(row["figure"], row["of"]): row for row in told["figures"]}
    assert figures["cases", None]["value"] == 2
    assert figures["hops", None]["value"] == 4
    assert figures["held_days", None]["value"] == 2 + 18 + 4 + 15
    assert figures["stall_days", None]["value"] == 13 + 10
    assert figures["stall_by_level", "2"]["value"] == 23
    assert figures["stall_by_body", "林业局"]["value"] == 13
    assert (figures["open_after", "30"]["value"], figures["open_after", "30"]["n"]) == (0, "2 cases")
    assert all(row["how it is counted"] for row in told["figures"])
    assert "beyond the 5 allowed at each hop" in figures["stall_days", None]["how it is counted"]
    assert (told["times"], told["known_on"]) == ("day", "2014-03-30")
    assert {row["activity"]: row["step"] for row in told["activities"]}["会签"] == "started"
    assert told["published"] == Snapshot.newest(data).id


def test_days_and_moments_are_told_apart(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-log", str(log), *NAMED, "--data", str(tmp_path / "days")]) == 0
    said = capsys.readouterr().out
    assert "The log has days: steps of one day are in the order of the file." in said
    assert "No level column: all bodies stand at one level." in said
    assert "none allowed (--allowed-days), so that all held are stall" in said
    text = "\n".join(
        ["case,activity,time,office", "A,open,2014-03-10 23:50,Office A", "A,work,2014-03-11 00:10,Office B"]
    )
    log.write_text(text, encoding="utf-8")
    assert main(["import-log", str(log), *NAMED, "--data", str(tmp_path / "moments"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    figures = {row["figure"]: row for row in told["figures"] if row["of"] is None}
    assert told["times"] == "moment"
    assert figures["held_days"]["value"] == 1
    assert figures["held_days"]["how it is counted"].startswith("dates in Asia/Shanghai apart")
    assert "order of their times" in told["remarks"][0]


def test_a_wrong_row_refuses_the_log_and_nothing_is_published(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.write_text(log.read_text(encoding="utf-8") + "\nC,立项,someday,王伟,1,", encoding="utf-8")
    assert main(["import-log", str(log), *NAMED, "--data", str(tmp_path / "logs")]) == 1
    said = capsys.readouterr()
    assert "row 7" in said.out
    assert "someday" in said.out
    assert "王伟" not in said.out + said.err
    assert "refused: 2 faults; nothing was published" in said.err
    assert not (tmp_path / "logs").exists()


@pytest.mark.parametrize("one", ["转办", "=forwarded", "转办="])
def test_a_mapping_needs_both_sides(one: str, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-log", str(log), *NAMED, "--map", one]) == 2
    assert "write ACTIVITY=STEP" in capsys.readouterr().err


def test_a_mapping_is_given_once(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-log", str(log), *NAMED, "--map", "会签=verified", "--map", "会签=closed"]) == 2
    assert "is given twice" in capsys.readouterr().err


def test_a_countys_folder_is_refused(
    log: Path, demo_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    assert main(["import-log", str(log), *NAMED]) == 2
    assert "an outside log is kept apart from it" in " ".join(capsys.readouterr().err.split())
