"""Analysts' files: only what is named, only plain files, only as reviewed, and nothing is run before it is opened."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import main
from dashboards.reviewed import LARGEST, Words, reviewed
from dashboards.settings import Settings, SettingsError

RUNS = "raise SystemExit('this was run')\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of shared files, most of which must never run."""
    folder = tmp_path / "shared"
    folder.mkdir()
    cells = [
        {"cell_type": "markdown", "source": ["intro\n", "# Visits, *looked at* twice\n"]},
        {"cell_type": "code", "source": ["a = 1\n", "a + 1"]},
        {"cell_type": "raw", "source": ["x"]},
        {"cell_type": "code", "source": "display('shown', a)\nb = a"},
    ]
    (folder / "visits.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (folder / "own.py").write_text('"""Own look."""\n\nfrom datetime import date\n\ndate(2014, 4, 13)\n')
    (folder / "other.py").write_text(RUNS)
    (tmp_path / "outside.py").write_text(RUNS)
    (folder / "link.py").symlink_to(tmp_path / "outside.py")
    (folder / "within.py").symlink_to(folder / "own.py")
    (folder / "below.py").mkdir()
    os.mkfifo(folder / "pipe.py")
    return folder


def shown(folder: Path, name: str) -> list[Any]:
    found: list[Any] = []
    (one,) = reviewed(folder, [name])
    one.run(found.append)
    return found


def test_a_notebook_shows_its_words_and_what_its_cells_end_with(folder: Path) -> None:
    assert shown(folder, "visits.ipynb") == [Words("intro\n# Visits, *looked at* twice\n"), 2, "shown", 1]


def test_a_file_is_called_by_its_heading_and_has_a_flat_address(folder: Path) -> None:
    found = reviewed(folder, ["visits.ipynb", "own.py", "other.py"])
    assert [one.title for one in found] == ["Visits, *looked at* twice", "Own look", "other"]
    assert [one.route for one in found] == ["/shared-visits", "/shared-own", "/shared-other"]


def test_nothing_is_run_before_it_is_opened_and_then_anew_each_time(folder: Path) -> None:
    (one,) = reviewed(folder, ["other.py"])
    for _ in range(2):
        with pytest.raises(SystemExit, match="this was run"):
            one.run(print)
    assert reviewed(folder, []) == ()


@pytest.mark.parametrize(
    "name",
    [
        *("../outside.py", "shared/own.py", "/etc/passwd", ".hidden.py", "own.py/", "own", "own.txt", "own.PY", ""),
        *("own.py\n", "own.py\0.ipynb", "..", "~/own.py", "own .py", "%2e%2e%2foutside.py", "*.py", "link.py@"),
    ],
)
def test_a_name_that_is_a_path_or_no_notebook_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="shared"):
        reviewed(folder, [name])


@pytest.mark.parametrize("name", ["link.py", "within.py", "below.py", "pipe.py"])
def test_a_link_or_anything_but_a_plain_file_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="no plain file"):
        reviewed(folder, [name])


def test_a_pin_holds_the_file_to_what_was_reviewed(folder: Path) -> None:
    sha256 = hashlib.sha256((folder / "own.py").read_bytes()).hexdigest()
    assert reviewed(folder, [f"own.py@sha256:{sha256}"])[0].sha256 == sha256
    (folder / "own.py").write_text(RUNS)
    with pytest.raises(SettingsError, match="not the one that was reviewed"):
        reviewed(folder, [f"own.py@sha256:{sha256}"])
    for pin in ("sha256", "sha256:12", "md5:" + "0" * 32, sha256):
        with pytest.raises(SettingsError, match="64 hexadecimal digits"):
            reviewed(folder, [f"own.py@{pin}"])


def test_what_changes_after_the_start_is_not_served(folder: Path) -> None:
    (one,) = reviewed(folder, ["own.py"])
    (folder / "own.py").write_text(RUNS)
    found: list[Any] = []
    one.run(found.append)
    assert [str(value) for value in found] == ["2014-04-13"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.py", None, "is not in"),
        ("magic.py", b"x = 1\n%matplotlib inline\n", "line 2"),
        ("broken.ipynb", b'{"cells": [{"cell_type": "code"', "cannot be read"),
        ("empty.ipynb", b"{}", "cannot be read"),
        ("list.ipynb", b"[]", "cannot be read"),
        ("latin.py", "# é".encode("latin-1"), "cannot be read"),
        ("large.py", b"#" * (LARGEST + 1), "without outputs"),
        ("visits.py", b"1", "rename"),
    ],
)
def test_what_cannot_be_served_is_said_at_the_start(folder: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        reviewed(folder, ["visits.ipynb", name])


def test_serving_refuses_at_once_what_is_no_plain_name(
    demo_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    assert main(["serve", "--port", "0", "--shared", "../outside.py"]) == 2
    assert "shared '../outside.py' is no plain name" in capsys.readouterr().err


def test_the_setting_is_a_list_and_empty_by_default() -> None:
    assert Settings.read({}).shared == ()
    assert Settings.read({"CAMPAIGN_SHARED": "a.py, b.ipynb@sha256:0 ,"}).shared == ("a.py", "b.ipynb@sha256:0")
