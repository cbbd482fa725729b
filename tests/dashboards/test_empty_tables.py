"""A week in which nobody has sent anything of a kind: every page says so and none falls over."""

from collections.abc import Callable

import pytest
from shown import words

from dashboards.apps import PAGES
from dashboards.store import Store
from data.schemas import TABLES

NEEDED = {"campaign", "supervision_groups"}
"""Without the campaign's own row there is no week 1; units assigned to groups that are not there stop at the gate."""


@pytest.mark.parametrize("table", sorted(set(TABLES) - NEEDED))
def test_every_page_shows_a_week_without_rows_in_a_table(table: str, store_without: Callable[..., Store]) -> None:
    store = store_without(table, "zh", "dark")
    for kind in PAGES.values():
        for view in kind(store).views:
            view.heard({"do": "table"})
            shown = view.shown()
            assert not {"nan", "None", "null", "inf"} & words(shown["html"] + shown.get("twin", "")), view.view
