"""`campaign snapshots`, `campaign rollback` and `campaign verify`: what they say, and how they end."""

import json
from datetime import date
from pathlib import Path

import pytest

from dashboards.cli import main
from data.manifest import RuleWarning
from data.publishing import Prepared, publish
from data.retention import pin
from data.snapshots import Snapshot


@pytest.fixture
def published(tmp_path: Path) -> list[Snapshot]:
    """Two published weeks without rows, the second with an accepted warning."""
    warnings = [RuleWarning("V13", 2, "a market day")]
    return [
        publish(Prepared.of({}, date(2014, 3, 16)), tmp_path),
        publish(Prepared.of({}, date(2014, 3, 23), warnings=warnings), tmp_path),
    ]


def run(folder: Path, *words: str) -> int:
    return main([*words, "--data", str(folder)])


def test_snapshots_are_listed_newest_first_with_their_state(
    published: list[Snapshot], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pin(tmp_path, published[0].id)
    assert run(tmp_path, "snapshots") == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "2014-" in line]
    assert [line.split()[0] for line in lines] == [published[1].id, published[0].id]
    assert "served" in lines[0]
    assert "V13 in 2 rows" in lines[0]
    assert "pinned" in lines[1]


def test_the_list_as_json_has_every_field(
    published: list[Snapshot], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "rollback", "--to", published[0].id, "--because", "counted twice") == 0
    capsys.readouterr()
    assert run(tmp_path, "snapshots", "--format", "json") == 0
    newest, oldest = json.loads(capsys.readouterr().out)
    assert (newest["id"], newest["is_rolled_back"], newest["because"]) == (published[1].id, True, "counted twice")
    assert newest["warnings"] == [{"rule": "V13", "count": 2, "because": "a market day", "before": None}]
    assert (oldest["is_served"], oldest["known_on"], oldest["rows"], oldest["fault"]) == (True, "2014-03-16", 0, "")


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "snapshots") == 0
    assert "campaign refresh" in capsys.readouterr().out
    assert run(tmp_path, "snapshots", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_roll_back_says_what_is_served(
    published: list[Snapshot], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "rollback", "--to", published[0].id, "--because", "counted twice") == 0
    assert f"served is {published[0].id}" in capsys.readouterr().out
    assert Snapshot.newest(tmp_path) == published[0]


def test_a_roll_back_needs_a_snapshot_and_a_reason(
    published: list[Snapshot], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "rollback", "--to", published[0].id[:-1], "--because", "counted twice") == 2
    assert f"Did you mean '{published[0].id}'" in capsys.readouterr().err
    assert run(tmp_path, "rollback", "--to", published[0].id, "--because", " ") == 2
    assert "say why" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        run(tmp_path, "rollback", "--to", published[0].id)
    assert Snapshot.newest(tmp_path) == published[1]


def test_what_is_as_published_is_verified_in_one_line(
    published: list[Snapshot], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "verify") == 0
    assert capsys.readouterr().out == "2 snapshots, the log and CURRENT are as they were published\n"


def test_what_is_not_is_named_with_what_to_do_and_ends_with_one(
    published: list[Snapshot], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = published[0].folder / "visits.parquet"
    damaged.chmod(0o640)
    damaged.write_bytes(b"")
    assert run(tmp_path, "verify") == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{published[0].id}: Snapshot {published[0].id}, visits.parquet: expected ")
    assert "Restore it from a copy" in said
