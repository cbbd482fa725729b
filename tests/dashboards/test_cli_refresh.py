"""`campaign refresh`, `campaign demo` and the first start: what comes in, what is refused, what is left alone."""

import errno
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboards import server
from dashboards.cli import main
from data.demo import KNOWN_ON, write_inputs
from data.demo.dirty import write_dirty
from data.journal import Journal
from data.publishing import publish
from data.refresh import accept_all, prepare
from data.snapshots import Snapshot


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("week")
    write_inputs(folder, KNOWN_ON[0])
    return folder


def a_small_county(folder: Path, progress: object = None) -> None:
    week = folder / "snapshots" / "2014-03-16-0001-0123456789abcdef"
    week.mkdir(parents=True)
    (week / "manifest.json").touch(0o440)
    week.chmod(0o550)
    (folder / "CURRENT").touch()


def test_a_clean_week_is_published(week: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["refresh", str(week), "--known-on", KNOWN_ON[0].isoformat(), "--data", str(tmp_path)]) == 0
    newest = Snapshot.newest(tmp_path)
    assert newest.known_on == KNOWN_ON[0]
    assert newest.id in capsys.readouterr().out


def test_a_refused_week_names_its_rows_and_publishes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, data = tmp_path / "week", tmp_path / "data"
    known_on = write_dirty(folder, "V06")
    assert main(["refresh", str(folder), "--known-on", known_on.isoformat(), "--data", str(data)]) == 1
    said = capsys.readouterr()
    assert "V06" in said.out
    assert "nothing was published" in said.err
    assert Snapshot.list(data) == []


def test_a_folder_that_is_missing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing, data = tmp_path / "week", tmp_path / "data"
    assert main(["refresh", str(missing), "--known-on", KNOWN_ON[0].isoformat(), "--data", str(data)]) == 1
    assert "no such folder" in capsys.readouterr().out


def test_a_week_that_is_not_newer_is_refused(week: Path, demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Snapshot.newest(demo_data).id
    day = KNOWN_ON[-1] - timedelta(days=7)
    assert main(["refresh", str(week), "--known-on", day.isoformat(), "--data", str(demo_data)]) in (1, 2)
    assert Snapshot.newest(demo_data).id == before
    assert day.isoformat() in capsys.readouterr().err


def test_a_day_that_is_no_date_is_told(week: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["refresh", str(week), "--known-on", "Sunday"])
    assert "--known-on" in capsys.readouterr().err


def test_a_demo_never_goes_into_a_folder_with_snapshots(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = [one.id for one in Snapshot.list(demo_data)]
    assert main(["demo", str(demo_data)]) == 2
    assert "give a new folder" in capsys.readouterr().err
    assert [one.id for one in Snapshot.list(demo_data)] == held


def test_serving_without_data_makes_the_demonstration_county_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("data.demo.making.make", a_small_county)
    monkeypatch.setattr(server, "serve", lambda settings: seen.append(sorted(path.name for path in tmp_path.iterdir())))
    assert main(["serve", "--data", str(tmp_path)]) == 0
    assert seen == [["CURRENT", "snapshots"]]


def test_an_interrupted_demo_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(folder: Path, progress: object = None) -> None:
        a_small_county(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr("data.demo.making.make", interrupted)
    assert main(["serve", "--data", str(tmp_path)]) == 130
    assert list(tmp_path.iterdir()) == []


def test_serving_leaves_data_alone_that_is_there_or_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "snapshots" / "2014-03-16-0001-0123456789abcdef").mkdir(parents=True)
    made: list[Path] = []
    monkeypatch.setattr("data.demo.making.make", lambda folder, progress=None: made.append(folder))
    monkeypatch.setattr(server, "serve", lambda settings: None)
    assert main(["serve", "--data", str(tmp_path)]) == 0
    assert made == []


def test_a_port_that_is_taken_is_told(
    demo_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def taken(settings: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr(server, "serve", taken)
    assert main(["serve", "--data", str(demo_data), "--port", "5999"]) == 2
    assert "port 5999 is taken" in capsys.readouterr().err


def test_the_demonstration_county_is_known_on_29_sundays(demo_data: Path) -> None:
    days = [one.known_on for one in Snapshot.list(demo_data)]
    assert days == list(KNOWN_ON)
    assert (days[0], days[-1], len(days)) == (date(2014, 3, 16), date(2014, 9, 28), 29)


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week with warnings: V16 and V37."""
    folder = tmp_path_factory.mktemp("warned")
    write_inputs(folder, KNOWN_ON[8])
    return folder


def refreshed(folder: Path, data: Path, *more: str) -> int:
    return main(["refresh", str(folder), "--known-on", KNOWN_ON[8].isoformat(), "--data", str(data), *more])


def test_a_warning_waits_for_a_sign_off_with_a_reason(
    warned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refreshed(warned, tmp_path) == 1
    said = capsys.readouterr()
    assert "V16" in said.out
    assert '--accept V16 --because "…"' in said.err
    assert Snapshot.list(tmp_path) == []
    assert refreshed(warned, tmp_path, "--accept", "V16", "--accept", "V37", "--because", "agreed") == 0
    assert {each.because for each in Snapshot.newest(tmp_path).manifest.warnings} == {"agreed"}


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--accept", "V16"], "1 reason is wanted, 0 given"),
        (["--accept", "V16", "--because", " "], "give --because"),
        (["--accept", "V99", "--because", "why"], "there is no rule 'V99'"),
        (["--accept", "V01", "--because", "why"], "V01 is an error and cannot be accepted"),
    ],
)
def test_a_sign_off_that_does_not_hold_is_told(
    warned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], advice: str
) -> None:
    assert refreshed(warned, tmp_path, *words) == 2
    assert advice in capsys.readouterr().err
    assert Snapshot.list(tmp_path) == []


def test_a_dry_run_publishes_nothing(week: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["refresh", str(week), "--known-on", KNOWN_ON[0].isoformat(), "--data", str(tmp_path), "--dry-run"]
    assert main(words) == 0
    assert "nothing was published, as asked" in capsys.readouterr().out
    assert Snapshot.list(tmp_path) == []


def test_the_whole_result_comes_as_json(warned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refreshed(warned, tmp_path, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert {rule["rule"]: rule["count"] for rule in told["rules"]}["V37"] == 1
    assert [warning["rule"] for warning in told["warnings"]] == ["V16", "V37"]
    assert all(cell["file"] and cell["place"] for cell in told["warnings"][0]["cells"])
    assert told["published"] is None


def test_a_week_tells_what_changed_since_the_last_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (0, 1):
        write_inputs(tmp_path / f"week {number}", KNOWN_ON[number])
    data, days = tmp_path / "data", [day.isoformat() for day in KNOWN_ON]
    signed = ["--accept", "V16", "--accept", "V37", "--because", "invented", "--data", str(data)]
    for number in (0, 1):
        capsys.readouterr()
        assert main(["refresh", str(tmp_path / f"week {number}"), "--known-on", days[number], *signed]) == 0
    said = capsys.readouterr().out
    assert f"Compared with {days[0]}-0001" in said
    assert "learnt late" in said


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Two published weeks, the newer one damaged."""
    data = tmp_path / "data"
    for number in (0, 1):
        write_inputs(tmp_path / f"week {number}", KNOWN_ON[number])
        snapshot = publish(prepare(tmp_path / f"week {number}", KNOWN_ON[number], accept_all("invented")), data)
    path = snapshot.folder / "visits.parquet"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    return data


def test_a_damaged_week_is_left_out_only_when_that_is_said(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_inputs(tmp_path / "week 2", KNOWN_ON[2])
    first, second = (held.id for held in Snapshot.list(damaged))
    words = ["refresh", str(tmp_path / "week 2"), "--known-on", KNOWN_ON[2].isoformat(), "--data", str(damaged)]
    words += ["--accept", "V16", "--accept", "V37"]
    assert main([*words, "--because", "invented", "--format", "json"]) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["left_out"], told["published"]) == ([second], None)
    assert f"Shown is {first}" in told["notes"][0]
    assert f"leaving out {second}" in said.err
    assert main([*words, "--build-on", second, "--because", "no copy"]) == 2
    assert f"the newest intact snapshot is {first}" in capsys.readouterr().err
    assert main([*words, "--build-on", first, "--because", "invented", "--because", "no copy"]) == 2
    assert "3 reasons are wanted, 2 given" in capsys.readouterr().err
    reasons = ["--because", "a", "--because", "b", "--because", "no copy is left"]
    assert main([*words, "--build-on", first, *reasons]) == 0
    assert Snapshot.newest(damaged).manifest.parent == first
    assert Journal.read(damaged).entries[-1].because == "no copy is left"
    assert main([*words, "--build-on", first, "--because", "no copy"]) == 2


def test_a_refused_week_tells_its_warnings_too_and_how_many_are_not_shown(
    warned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.commands.refresh.SHOWN", 2)
    week = Path(shutil.copytree(warned, tmp_path / "week"))
    visits = next(week.glob("visits.*"))
    visits.write_bytes(b"no table")
    assert refreshed(week, tmp_path / "data") == 1
    said = capsys.readouterr().out
    assert "visits" in said
    assert "V16" in said
    assert "1 rows" not in said
    assert re.search(r"… and \d+ more: --format json has all", said)


def test_a_day_to_come_or_no_sunday_is_told(week: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["refresh", str(week), "--data", str(tmp_path), "--known-on"]
    assert main([*words, (date.today() + timedelta(days=1)).isoformat()]) == 2
    assert "is not over" in capsys.readouterr().err
    day = KNOWN_ON[0] + timedelta(days=1)
    assert main([*words, day.isoformat()]) == 0
    assert f"{day} is no Sunday" in capsys.readouterr().err
