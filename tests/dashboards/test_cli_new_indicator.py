"""`campaign new-indicator`: files that run at once, in a folder of one's own or a checkout, and none over another."""

import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.cli import main
from dashboards.commands import new_indicator
from queries import take_in
from queries.exceptions import CatalogWarning

CHECKS = """
from random import Random
import given, campaigns, test_oracle
from dashboards.cli import main
from datetime import timedelta
from oracles.base import Oracle
from queries import Selection, indicators
for seed in range(12):
    whole = campaigns.county(Random(seed))
    known_on = given.LAUNCHED_ON + timedelta(days=60)
    source, oracle = given.source(campaigns.known(whole, known_on), known_on), None
    oracle = Oracle(campaigns.known(whole, known_on), known_on)
    test_oracle.check("night_share", source, oracle, Selection(), ("group", "week"))
test_oracle.test_every_indicator_has_its_loop()
print(indicators()["night_share"].id)
"""


@pytest.fixture(autouse=True)
def _shipped_only() -> Iterator[None]:
    yield
    take_in(None)


def begin(*words: str, folder: Path) -> int:
    return main(["new-indicator", *words, "--indicators", str(folder), "--data", str(folder / "no data")])


def test_it_runs_at_once_with_cases_that_hold(
    tmp_path: Path, demo_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = str(tmp_path / "own")
    assert main(["new-indicator", "night_share", "--indicators", own, "--data", str(demo_data)]) == 0
    said = capsys.readouterr().out
    assert (
        "night_share is begun as I10t targeted_visit_share (Targeted visits, share), which gives 968 of 1,679" in said
    )
    assert "night_share.sql" in said
    assert f"campaign indicators --check --indicators {own}" in said
    assert main(["indicators", "--check", "--indicators", own]) == 0
    assert capsys.readouterr().out == "night_share: 3 cases, held\n"
    assert main(["query", "night_share", "--by", "group", "--format", "csv", "--data", str(demo_data)]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("T1,0.55")
    assert main(["indicators", "--format", "json"]) == 0
    assert '"is_own": true' in capsys.readouterr().out


def test_a_case_that_no_longer_holds_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert begin("night_share", folder=tmp_path) == 0
    path = tmp_path / "night_share.sql"
    path.write_text(
        path.read_text(encoding="utf-8").replace("then 0 else 1 end", "then 1 else 0 end"), encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["indicators", "--check", "--indicators", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("night_share: 3 cases, not as expected")
    assert "numerator is" in said
    path.write_text("-- id: X01\nselect 1\n", encoding="utf-8")
    assert main(["indicators", "--check"]) == 1
    assert "night_share.sql: header of indicator night_share: name is missing" in capsys.readouterr().err


def test_without_the_tests_at_hand_the_case_has_what_it_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(new_indicator, "CHECKOUT", tmp_path / "site-packages")
    assert begin("late_share", "--table", "due_instances", folder=tmp_path / "own") == 0
    (case,) = (tmp_path / "own" / "cases" / "late_share").iterdir()
    assert "group_id: T1, value: 1.0, numerator: 1, denominator: 1" in case.read_text(encoding="utf-8")
    assert main(["indicators", "--check"]) == 0
    assert "late_share: 1 case, held" in capsys.readouterr().out


def test_an_installed_package_asks_where_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(new_indicator, "CHECKOUT", tmp_path)
    assert main(["new-indicator", "night_share"]) == 2
    assert "set CAMPAIGN_INDICATORS to a folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Night"], "'Night' is no name for an indicator: take small letters"),
        (["../night"], "is no name for an indicator"),
        (["on_time_rate"], "on_time_rate is an indicator already"),
        (["matters"], "matters is a listing already"),
        (["frame"], "frame is a word that Python or the catalogue needs"),
        (["class"], "class is a word that Python"),
        (["night", "--like", "visit_dept"], "Did you mean 'visit_depth'"),
        (["night", "--like", "group_balance"], "begin with the share itself"),
        (["night", "--table", "visits"], "Did you mean 'unit_visits'"),
    ],
)
def test_a_name_or_a_beginning_that_cannot_be_is_refused(
    tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(*words, folder=tmp_path / "own") == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases" / "night").mkdir(parents=True)
    assert begin("night", folder=tmp_path) == 2
    assert "is there already and stays as it is" in capsys.readouterr().err
    assert not (tmp_path / "night.sql").exists()
    (tmp_path / "day.sql").write_text("mine", encoding="utf-8")
    assert begin("day", folder=tmp_path) == 2
    assert "day is an own file with a fault already" in capsys.readouterr().err
    assert (tmp_path / "day.sql").read_text(encoding="utf-8") == "mine"


def test_the_guide_is_opened_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert begin("night", folder=tmp_path) == 0
    assert opened == []
    assert begin("day", "--open", folder=tmp_path) == 0
    assert opened[0].endswith("queries/sql/indicators/README.md")
    assert Path(opened[0].removeprefix("file://")).is_file()


def test_an_analyst_has_it_and_is_warned_of_one_that_is_left_out(
    tmp_path: Path, demo_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboards import open_data

    assert begin("night_share", folder=tmp_path) == 0
    take_in(None)
    monkeypatch.setenv("CAMPAIGN_INDICATORS", str(tmp_path))
    data = open_data(demo_data)
    assert data.indicators.night_share(by="group")["numerator"].sum() == 968
    (tmp_path / "day.sql").write_text("mine", encoding="utf-8")
    with pytest.warns(CatalogWarning, match="day.sql"):
        open_data(demo_data)


def test_in_a_checkout_its_loop_agrees_and_its_row_is_written(checkout: Path, tmp_path: Path) -> None:
    for part in ("data", "queries", "dashboards", "tests/queries"):
        shutil.copytree(checkout / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    environ = {"PYTHONPATH": f"{tmp_path}:{tmp_path}/tests/queries", "PYTHONDONTWRITEBYTECODE": "1"}

    def ran(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = ran("-m", "dashboards.cli", "new-indicator", "night_share", "--like", "inspections_merged_share")
    assert "tests/queries/oracles/night_share.py" in said
    assert ".ci/readme" in said
    assert ran("-c", CHECKS) == "I16a\n"
    assert ran("-m", "ruff", "check", "--config", str(checkout / "pyproject.toml"), "tests/queries/oracles") != ""
