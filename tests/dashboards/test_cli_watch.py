"""`campaign watch`: one line for each thing it did, an exit code for cron, and no end to it by an error."""

import time
from pathlib import Path

import pytest

from dashboards.cli import main
from data import watch
from data.exceptions import DataError
from data.snapshots import Snapshot
from data.watch import Outcome


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[Outcome | Exception]:
    """What the next looks come to; after the last one somebody interrupts."""
    coming: list[Outcome | Exception] = []

    def look(*_: object, **__: object) -> Outcome:
        if not coming:
            raise KeyboardInterrupt
        found = coming.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(watch, "watch_once", look)
    return coming


@pytest.mark.parametrize(("did", "code"), [("published", 0), ("idle", 0), ("waiting", 0), ("held back", 1)])
def test_once_leaves_with_a_code_that_tells_whether_the_steward_is_needed(
    outcomes: list[Outcome | Exception], did: watch.Did, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes.append(Outcome(did, "for a reason"))
    assert main(["watch", str(tmp_path), "--once", "--data", str(tmp_path)]) == code
    moment, _, words = capsys.readouterr().out.strip().partition(" ")
    assert words == f"{did}: for a reason"
    assert moment.startswith("20")


def test_an_error_is_told_and_the_next_look_is_taken(
    outcomes: list[Outcome | Exception],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    idle = Outcome("idle", "nothing")
    outcomes += [idle, idle, OSError("the disk is away"), DataError("damaged"), idle]
    assert main(["watch", str(tmp_path), "--every", "5", "--data", str(tmp_path)]) == 130
    said = [line.partition(" ")[2] for line in capsys.readouterr().out.splitlines()]
    assert said == ["idle: nothing", "failed: the disk is away", "failed: damaged", "idle: nothing"]
    assert slept == [300] * 5


@pytest.mark.parametrize(
    "words", [["--every", "0"], ["--every", "soon"], ["--every", "nan"], ["--wait", "-1"], ["--wait", "31"]]
)
def test_a_rhythm_that_makes_no_sense_is_refused(words: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["watch", str(tmp_path), *words])


def test_an_inbox_that_is_not_there_is_told(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", str(tmp_path / "nowhere"), "--once", "--data", str(demo_data)]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_the_demonstration_county_is_left_alone_by_an_empty_inbox(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Snapshot.newest(demo_data).id
    assert main(["watch", str(tmp_path), "--once", "--data", str(demo_data)]) == 0
    assert "idle: there is nothing in" in capsys.readouterr().out
    assert Snapshot.newest(demo_data).id == before
