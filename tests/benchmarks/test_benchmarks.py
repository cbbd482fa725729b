"""The pages that are compared show the same numbers. Nothing is timed here: that is `tests/benchmarks/run.py`."""

import re
from pathlib import Path

import pytest
from answers import KPIS, Asker
from selections import Chosen, Expected, Selections

from queries import Source, open_source

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
WITHOUT = "the extra is not installed: pip install -c constraints.txt -e '.[test,benchmark]'"
STATES = (
    Chosen(),
    Chosen(groups=("C3",)),
    Chosen(groups=("T1", "T2", "C6")),
    Chosen(types=("township",)),
    Chosen(groups=("C1", "C2"), types=("county_department",)),
)


@pytest.fixture
def twins() -> None:
    """Skips, with the reason, when the twins' libraries are missing."""
    for library in ("dash", "streamlit"):
        pytest.importorskip(library, reason=WITHOUT)


@pytest.fixture(scope="module")
def source(demo_data: Path) -> Source:
    return open_source(demo_data)


@pytest.fixture(scope="module")
def expected(source: Source) -> dict[Chosen, Expected]:
    selections = Selections(Asker(source, cube=True))
    return {chosen: selections.expected(chosen) for chosen in STATES}


def test_plain_sql_and_the_cube_give_a_twin_the_same_answers(source: Source) -> None:
    weeks = (3, 20)
    for chosen in STATES:
        plain = Asker(source).answers(chosen.groups, chosen.types, weeks)
        cubed = Asker(source, cube=True).answers(chosen.groups, chosen.types, weeks)
        assert plain.kpis == cubed.kpis
        for name in ("groups", "cells", "weeks", "bins", "units"):
            assert getattr(plain, name).equals(getattr(cubed, name)), (chosen, name)


def test_the_overview_shows_the_expected_numbers(demo_data: Path, expected: dict[Chosen, Expected]) -> None:
    from dashboards import Overview

    page = Overview(data=demo_data, language="en")
    views = {view.view: view for view in page.views}
    for chosen, wanted in expected.items():
        page.store.select(groups=list(chosen.groups), unit_types=list(chosen.types))
        kpis, units = (view.patch(view.answer())["html"] for view in (views["kpis"], views["units"]))
        assert tuple(re.findall(r'<button class="value"[^>]*>([^<]+)<', kpis)) == wanted.kpis
        assert wanted.stamp in page.store.stamp
        _check_rows(units, wanted)


@pytest.mark.usefixtures("twins")
def test_the_twin_in_dash_shows_the_expected_numbers(source: Source, expected: dict[Chosen, Expected]) -> None:
    import dash_page
    from viewers import changed

    client = dash_page.build(Asker(source)).server.test_client()
    output = client.get("/_dash-dependencies").json[0]["output"]
    for chosen, wanted in expected.items():
        answer = client.post("/_dash-update-component", json=changed(output, "groups", chosen, [1, 29])).json[
            "response"
        ]
        assert tuple(answer[f"kpi-{name}"]["children"] for name in KPIS) == wanted.kpis
        _check_rows(answer["units"]["children"], wanted)


@pytest.mark.usefixtures("twins")
def test_the_twin_in_streamlit_shows_the_expected_numbers(demo_data: Path, expected: dict[Chosen, Expected]) -> None:
    from streamlit.testing.v1 import AppTest

    def script(data: str) -> None:
        from pathlib import Path

        import streamlit_page

        streamlit_page.page(streamlit_page.asker(Path(data), False))

    page = AppTest.from_function(script, args=(str(demo_data),), default_timeout=30).run()
    for chosen, wanted in expected.items():
        page.session_state["groups"] = list(chosen.groups)
        page.session_state["types"] = list(chosen.types)
        page.run()
        assert not page.exception
        assert tuple(metric.value for metric in page.metric) == wanted.kpis
        table = page.dataframe[0].value
        assert len(table) == wanted.count
        assert (table["name_en"].iloc[0], table["name_en"].iloc[-1]) == (wanted.first[0], wanted.last[0])


def _check_rows(markup: str, wanted: Expected) -> None:
    rows = markup.partition("<tbody>")[2].split("<tr>")[1:]
    assert len(rows) == wanted.count
    for row, texts in ((rows[0], wanted.first), (rows[-1], wanted.last)):
        assert [text for text in texts if f">{text}<" not in row] == []
