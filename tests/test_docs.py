"""The README says what is there, and what it says can be run."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from dashboards.cli import COMMANDS, main
from dashboards.settings import PREFIX, Settings
from queries.catalog import indicators

TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && .venv/bin/pytest"
MAIN_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . && .venv/bin/campaign serve"
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SHELL_LINES = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
QUERIES = [line for line in SHELL_LINES if line.startswith(("campaign query", "campaign indicators"))]


def table_rows(heading: str) -> list[list[str]]:
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_two_commands_stand_as_they_are_run() -> None:
    assert MAIN_COMMAND in SHELL_LINES
    assert TEST_COMMAND in SHELL_LINES


def test_ci_runs_the_test_command_of_the_readme_and_the_checks(checkout: Path) -> None:
    script = (checkout / ".ci" / "run").read_text(encoding="utf-8")
    assert TEST_COMMAND in script
    assert ".ci/check" in script.splitlines()


def test_every_indicator_has_its_row() -> None:
    rows = [(row[0], row[1].strip("`"), row[2]) for row in table_rows("Indicators")]
    assert rows == [(one.id, one.name, one.question_en) for one in indicators().values()], "run .ci/readme"


def test_every_setting_has_its_row() -> None:
    rows = {row[0].strip("`"): row for row in table_rows("Settings")}
    assert set(rows) == {PREFIX + one.name.upper() for one in fields(Settings)}
    for one in fields(Settings):
        _, argument, default, meaning = rows[PREFIX + one.name.upper()]
        assert argument == f"`--{one.name}`"
        assert meaning == one.metadata["doc"]
        if isinstance(one.default, str | int):
            assert default == f"`{one.default}`"


def test_every_command_has_its_row() -> None:
    assert {row[0].strip("`").split()[1] for row in table_rows("Commands")} == set(COMMANDS)


def test_everything_in_the_layout_exists(checkout: Path) -> None:
    layout = README.split("\n## Layout\n", 1)[1].split("```")[1]
    assert [
        name for line in layout.splitlines() if (name := line.split("/")[0]) and not (checkout / name).exists()
    ] == []


def test_every_file_the_documents_link_to_exists(checkout: Path) -> None:
    for name in ("README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md"):
        links = re.findall(r"\]\((?!http)([^)#]+)\)", (checkout / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (checkout / name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("line", QUERIES)
def test_a_command_of_the_readme_runs(
    line: str, demo_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(demo_data) if word == "county" else word for word in shlex.split(line)[1:]]
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    assert main(words) == 0
    assert capsys.readouterr().out.strip()


def test_the_import_of_a_log_runs_as_the_readme_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for line in SHELL_LINES if line.startswith("campaign import-log")]
    assert lines
    for number, line in enumerate(lines):
        rows = (
            "A,立项,2014-03-10,县委督查室,1,2014-04-01",
            "A,转办,2014-03-12,林业局,2,",
            f"A,归档,2014-04-0{number + 1},,,",
        )
        Path("log.csv").write_text("\n".join(["case,activity,time,office,level,due", *rows]), encoding="utf-8")
        assert main(shlex.split(line)[1:]) == 0
        assert "published 2014-04-0" in capsys.readouterr().out
