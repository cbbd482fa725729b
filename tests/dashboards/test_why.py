"""The drawer behind a number: what it is counted from, and exactly the rows that were counted."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from shown import html, patch

from dashboards.cli import main
from dashboards.store import Store
from dashboards.views.frame import Why
from dashboards.views.frame.why import SHOWN
from queries import indicators, run
from queries.moves import HEADLINE


def counts(markup: str) -> dict[str, float]:
    found = re.findall(r"data-(rows|numerator|denominator)=\"([\d.]+)\"", markup)
    return {name: float(number) for name, number in found}


def test_closed_it_is_empty(store: Store) -> None:
    assert patch(Why(store)) == {"html": "", "empty": True}


@pytest.mark.parametrize("name", indicators())
def test_the_rows_of_every_indicator_are_as_many_as_its_number_says(
    store_of: Callable[..., Store], chosen: dict[str, Any], name: str
) -> None:
    store = store_of(**chosen)
    store.why = name
    opened = html(Why(store))
    said, answer = counts(opened), run(name, store.source, store.selection).row(0, named=True)
    if indicators()[name].unit == "share":
        assert (said["numerator"], said["denominator"]) == (answer["numerator"], answer["denominator"])
    elif indicators()[name].unit == "visits" or indicators()[name].aggregation == "per_unit":
        assert said["numerator"] == answer["numerator"]
    else:
        assert said["denominator"] == answer["denominator"]
    assert opened.count("<tr>") - 1 == min(said["rows"], SHOWN)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", indicators())
def test_it_gives_definition_sql_snapshot_and_selection_in_the_viewer_s_language(
    store_of: Callable[..., Store], name: str, language: str
) -> None:
    store = store_of(language, groups=["C1"])
    store.why = name
    opened = html(Why(store))
    defined = indicators()[name]
    for told in (getattr(defined, f"title_{language}"), store.source.snapshot_id, "C1", "<pre tabindex=0>"):
        assert told in opened
    headings = re.findall(r"<th>([^<]*)</th>", opened)
    assert [one for one in headings if re.fullmatch(r"[a-z]+(_[a-z]+)+", one)] == []
    codes = re.findall(r"<td>([a-z]+(?:_[a-z]+)+)</td>", opened)
    assert not codes, set(codes)


def test_another_selection_changes_the_open_drawer(store: Store) -> None:
    view = Why(store)
    store.hear({"why": HEADLINE[0]})
    before = counts(html(view))
    store.groups = ["T3"]
    after = counts(html(view))
    assert 0 < after["denominator"] < before["denominator"]


def test_its_command_gives_the_same_rows(
    store_of: Callable[..., Store], demo_data: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    store = store_of(groups=["C1", "T2"], unit_types=["county_department", "township"], period=(2, 20))
    store.why = "completion_rate"
    opened = html(Why(store))
    command = re.search(r"<pre tabindex=0>campaign (query [^<]*)</pre>", opened)
    assert command is not None
    assert main([*command.group(1).split(), "--data", str(demo_data)]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert len(lines) - 1 == counts(opened)["rows"]


def test_a_name_that_is_no_indicator_opens_nothing(store: Store) -> None:
    view = Why(store)
    for wish in ("nothing", "../sql", "<script>", ""):
        store.hear({"why": wish})
        assert html(view) == ""
