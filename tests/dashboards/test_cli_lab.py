"""`campaign lab`: what it calls JupyterLab with, what it says when something is missing, what it saves."""

import argparse
from pathlib import Path

import pytest

from dashboards.cli import build_parser, main
from dashboards.commands import lab
from dashboards.settings import Settings

LIVE_PART = {"output_type": "display_data", "data": {lab.LIVE: "x", "application/javascript": "x"}, "metadata": {}}
BUNDLE = {"output_type": "display_data", "data": {"application/javascript": ["x" * 99, "y" * lab.LARGE]}}
SHOWN = {"output_type": "execute_result", "data": {"text/html": "<b>1</b>", "application/javascript": "small"}}


def parsed(*words: str) -> argparse.Namespace:
    return build_parser().parse_args(["lab", *words])


def test_jupyterlab_is_told_to_ask_nobody_and_where_the_notebooks_are(tmp_path: Path) -> None:
    arguments = parsed("--notebooks", str(tmp_path), "--port", "0", "--no-browser", "--", "--allow-root")
    told = lab.options(arguments, Settings.read({}, notebooks=arguments.notebooks))
    assert told[0] == f"--ServerApp.root_dir={tmp_path}"
    assert {"--LabApp.news_url=None", "--LabApp.extension_manager=readonly"} <= set(told)
    assert told[-3:] == ["--port=0", "--no-browser", "--allow-root"]


def test_without_jupyterlab_it_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    assert main(["lab"]) == 2
    assert "jupyterlab is not installed: run pip install -c constraints.txt '.[lab]'" in capsys.readouterr().err


def test_without_data_or_notebooks_it_says_what_to_do(
    tmp_path: Path, demo_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "--data", str(tmp_path / "none")]) == 2
    assert "campaign demo" in capsys.readouterr().err
    assert main(["lab", "--data", str(demo_data), "--notebooks", str(tmp_path / "none")]) == 2
    assert "--notebooks" in capsys.readouterr().err


def test_a_notebook_is_saved_without_the_part_of_the_browser() -> None:
    cells = [{"outputs": [LIVE_PART, SHOWN, BUNDLE]}, {"source": "words"}, {"outputs": [SHOWN]}]
    lab.leave_out_live_part({"type": "notebook", "content": {"cells": cells}}, path="a.ipynb", contents_manager=None)
    assert cells == [{"outputs": [SHOWN]}, {"source": "words"}, {"outputs": [SHOWN]}]
    for other in ({"type": "file", "content": "text"}, {"type": "notebook"}):
        lab.leave_out_live_part(dict(other), path="a.txt")
