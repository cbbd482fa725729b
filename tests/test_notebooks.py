"""The notebooks run from top to bottom, define nothing and are committed without outputs."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SHOWN = {
    "explore_appraisal_weights": ("weight", "rank_by_weight"),
    "explore_balance": ("funnel", "ranks"),
    "explore_late_not_idle": ("lineup",),
    "explore_matters": ("hops", "stall_levels", "retention"),
    "explore_own_indicator": (),
    "explore_standards": ("answer", "marks"),
    "explore_start": ("lineup", "stamp"),
    "explore_visits": ("visits", "silences", "answer"),
}
"""The views that each shows live, by the first of their parts."""
SAID = {
    "explore_own_indicator": (
        "unannounced_visit_share is begun as I10t targeted_visit_share",
        "3 cases, not as expected",
        "1 case, held",
        "0.2724",
    ),
}
"""What is printed in a cell."""
SECONDS = 20.0
"""Within which each runs once everything is imported; a second or two on a quiet machine, but tests run beside it."""
OUTSIDE = ("cdn.", "unpkg.com", "esm.sh", "jsdelivr")
"""Hosts that the parts of a page would be loaded from."""
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def words(path: Path) -> str:
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


@pytest.fixture(scope="module")
def ran(demo_data: Path) -> dict[str, dict[str, Any]]:
    """What every notebook showed, run one after another in one process."""
    command = [sys.executable, str(Path(__file__).parent / "notebook_run.py"), *map(str, NOTEBOOKS)]
    environ = os.environ | {"CAMPAIGN_DATA": str(demo_data), "COLUMNS": "160"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


@by_name
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@by_name
def test_a_notebook_defines_no_function_and_no_class(path: Path) -> None:
    code = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "code")
    defined = [
        node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
    ]
    assert defined == []


@by_name
def test_a_notebook_is_a_story_with_the_terms_in_both_languages(path: Path) -> None:
    cells = read(path).cells
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert words(path).count("\n## ") >= 3
    if path.stem != "explore_start":
        assert sum("一" <= letter <= "鿿" for letter in words(path)) >= 20
        assert "虚构演示数据" in words(path)


@by_name
def test_a_notebook_runs_and_its_views_carry_figures(path: Path, ran: dict[str, dict[str, Any]]) -> None:
    shown = ran[path.stem]
    assert shown["error"] == ""
    assert "svg" in shown["markup"]
    for part in SHOWN[path.stem]:
        assert f'"parts":"{{\\"{part}\\"' in shown["markup"]
    assert [host for host in OUTSIDE if host in shown["markup"]] == [], "hv.extension would load from there"
    for said in SAID.get(path.stem, ()):
        assert said in shown["printed"] + shown["markup"]
    assert shown["seconds"] < SECONDS


def test_a_kernel_runs_one_as_the_process_of_the_tests_does(demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    done = NotebookClient(read(FOLDER / "explore_visits.ipynb"), timeout=300, kernel_name="python3").execute()
    shown = [output.data for cell in done.cells for output in cell.get("outputs", ()) if "data" in output]
    markup = " ".join(str(data.get("text/html", "")) for data in shown)
    for part in SHOWN["explore_visits"]:
        assert f'"parts":"{{\\"{part}\\"' in markup


def test_the_readme_lists_every_notebook() -> None:
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert {path.stem for path in NOTEBOOKS} == {
        line.split("`")[1] for line in readme.splitlines() if line.startswith("| `explore_")
    }
