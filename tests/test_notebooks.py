"""The notebooks run from top to bottom, define nothing and are committed without outputs."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
VIEWS = {"explore_matters": "stall_levels"}
"""The view that a notebook shows, where it is not that of the line-up."""
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


@by_name
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@by_name
def test_a_notebook_defines_no_function_and_no_class(path: Path) -> None:
    code = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "code")
    defined = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert defined == []


@by_name
def test_a_notebook_runs_and_its_views_carry_figures(
    path: Path, demo_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    ran = NotebookClient(read(path), timeout=300, kernel_name="python3").execute()
    shown = [output.data for cell in ran.cells for output in cell.get("outputs", ()) if "data" in output]
    markup = " ".join(str(data.get("text/html", "")) for data in shown)
    assert "Surface" in markup
    assert VIEWS.get(path.stem, "lineup") in markup
