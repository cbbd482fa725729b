"""The command line: how it starts, what it says when something is wrong, what it leaves alone."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboards import cli
from dashboards.cli import COMMANDS, main

HEAVY = ("panel", "bokeh", "holoviews", "polars", "duckdb", "pandas", "rich", "dataframely")
START_SECONDS = 0.4


def test_help_names_every_command_with_its_summary(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_own_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert f"usage: campaign {command}" in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom dashboards.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_comes_at_once() -> None:
    command = [sys.executable, "-c", "from dashboards.cli import main; main(['--help'])"]
    took = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        took.append(time.perf_counter() - start)
    assert min(took) < START_SECONDS


def test_a_command_that_does_not_exist_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sevre"]) == 2
    assert capsys.readouterr().err == "campaign: there is no command 'sevre': did you mean 'serve'?\n"


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: campaign" in capsys.readouterr().out


def test_the_version_is_that_of_the_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("campaign-dashboards 0.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["query", "completion_rte"], "Did you mean 'completion_rate'?"),
        (["query", "completion_rate", "--group", "T99x"], "unknown group 'T99x'"),
        (["query", "completion_rate", "--group", "t1"], "Did you mean 'T1'?"),
        (["query", "completion_rate", "--unit-type", "scool"], "unknown unit type 'scool'"),
        (["query", "completion_rate", "--from", "soon"], "neither a campaign week nor a day"),
        (["query", "completion_rate", "--from", "9", "--to", "3"], "period 9-3 does not exist"),
        (["query", "completion_rate", "--to", "400"], "does not exist"),
        (["query", "completion_rate", "--known-on", "2001-01-01"], "No snapshot was known on 2001-01-01"),
        (["query", "completion_rate", "--events-until", "2031-01-01"], "lies after known_on"),
        (["query", "completion_rate", "--by", "all", "--by", "week"], "--by all means one number over all"),
        (["query", "completion_rate", "--output", "/no/such/folder/x.csv"], "No such file or directory"),
        (["serve", "--port", "70000"], "port 70000 is out of range"),
        (["serve", "--language", "cn"], "language 'cn' is not known"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    words: list[str], said: str, demo_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    assert main(words) == 2
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("campaign: ")]
    assert len(told) == 1
    assert said in told[0]


def test_a_folder_without_snapshots_is_told_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "completion_rate", "--data", str(tmp_path)]) == 2
    assert "campaign refresh" in capsys.readouterr().err


def test_our_own_mistakes_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(arguments: object) -> int:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(cli.COMMANDS["indicators"], "run", broken)
    with pytest.raises(ZeroDivisionError):
        main(["indicators"])


def test_an_interrupt_leaves_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.COMMANDS["indicators"], "run", interrupted)
    assert main(["indicators"]) == 130


def test_a_reader_that_stops_early_is_no_error(demo_data: Path) -> None:
    command = (
        f"{sys.executable} -m dashboards.cli query completion_rate --rows --format csv --data {demo_data} | head -1"
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""
