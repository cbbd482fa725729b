"""In a notebook the indicators complete, tell their definition, and a mistake is one line."""

import inspect
import subprocess
import sys
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from dashboards.bench import Snapshots
from queries import indicators

HEAVY = ("panel", "holoviews", "bokeh", "jupyter_client", "matplotlib", "pandas")


@pytest.fixture(scope="module")
def shell(opened: Snapshots) -> InteractiveShell:
    """An IPython shell that keeps no history, with the snapshots in it as `data`."""
    made = InteractiveShell(config=Config(HistoryManager={"enabled": False}, IPCompleter={"use_jedi": False}))
    made.push({"data": opened, "snapshot": opened[-1]})
    return made


def completed(shell: InteractiveShell, text: str) -> list[str]:
    """What the Tab key offers at the end of a text."""
    with provisionalcompleter():
        return [each.text.removeprefix(".") for each in shell.Completer.completions(text, len(text))]


def test_indicators_complete_by_their_beginning(shell: InteractiveShell) -> None:
    for text in ("data.indicators.on_t", "snapshot.indicators.on_t"):
        assert completed(shell, text) == ["on_time_rate", "on_time_rate_original"]


def test_everything_an_analyst_needs_completes(shell: InteractiveShell) -> None:
    offered = set(completed(shell, "snapshot."))
    assert {"indicator", "indicators", "sql", "table", "tables", "id", "known_on"} <= offered
    assert set(indicators()) == set(completed(shell, "data.indicators.")) - {"frame"}


def test_help_tells_the_definition_and_the_arguments(shell: InteractiveShell) -> None:
    found: dict[str, Any] = shell.object_inspect("data.indicators.stall_days")
    defined = indicators()["stall_days"]
    for part in ("question", "numerator", "denominator", "missing"):
        for language in ("en", "zh"):
            assert getattr(defined, f"{part}_{language}") in found["docstring"]
    for text in ("Unit: days", "Better when: lower", "group, unit_type, unit, week, body, level", defined.reference):
        assert text in found["docstring"]


@pytest.mark.parametrize("name", indicators())
def test_every_indicator_is_an_attribute_with_a_docstring_of_its_own(opened: Snapshots, name: str) -> None:
    entry = getattr(opened.indicators, name)
    assert name in dir(opened.indicators)
    assert indicators()[name].question_zh in (inspect.getdoc(entry) or "")
    assert set(inspect.signature(entry).parameters) == set(inspect.signature(opened.indicator).parameters) - {"name"}


def test_an_attribute_that_is_not_there_names_the_nearest(opened: Snapshots) -> None:
    with pytest.raises(AttributeError, match="Did you mean 'on_time_rate'"):
        opened.indicators.on_time_rat  # noqa: B018
    assert not hasattr(opened.indicators, "_ipython_display_")


@pytest.mark.parametrize(
    "line",
    [
        "data.indicator('on_time_rat')",
        "data.indicators.on_time_rat",
        "data.indicators.on_time_rate(by='grup')",
        "data.sql('select * from visitz')",
        "data[99]",
        "data['2030-01-01']",
    ],
)
def test_a_mistake_in_a_cell_is_one_line(
    shell: InteractiveShell, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not shell.run_cell(line).success
    shown = capsys.readouterr().out.strip()
    assert len(shown.splitlines()) == 1, shown
    assert "Error: " in shown


def test_the_interface_is_imported_without_anything_that_draws() -> None:
    code = f"import sys; from dashboards import open_data, compare; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_offered_at_the_top_is_listed_there() -> None:
    import dashboards

    assert {"open_data", "compare", "Settings", "Store"} <= set(dir(dashboards))
