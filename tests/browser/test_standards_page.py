"""The table of every action in every unit: laid out from letters, picked with a click or keys, taken as a file."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from screen import Screen, names

from dashboards import pages
from dashboards.store import Store
from queries import outcomes

Served = tuple[str, Path]


@pytest.fixture
def screen(page: Page, served: Served) -> Screen:
    return Screen(page, names(pages.Standards)).open(f"{served[0]}/standards?group=T3&language=en")


@pytest.fixture
def store(served: Served) -> Store:
    return Store(served[1], groups=["T3"])


def test_every_outcome_is_a_cell_that_says_unit_action_and_state(screen: Screen, store: Store) -> None:
    known = outcomes(store.source, store.selection)
    cells = screen.view("matrix").locator("tbody td button")
    expect(cells).to_have_count(known.height)
    first = known.row(0, named=True)
    words = f"{first['unit_name_en']} · {first['action_name_en']}: "
    expect(screen.view("matrix").locator(f'button[aria-label^="{words}"]')).to_have_count(1)


def test_keys_walk_through_the_cells_and_a_picked_one_shows_its_row(screen: Screen) -> None:
    matrix = screen.view("matrix")
    cells = matrix.locator("tbody td button")
    expect(matrix.locator('tbody td button[tabindex="0"]')).to_have_count(1)
    cells.first.focus()
    screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("ArrowDown")
    walked = matrix.locator("tbody tr[data-cells]").nth(1).locator("td").nth(1).locator("button")
    expect(walked).to_be_focused()
    label = str(walked.get_attribute("aria-label"))
    screen.page.keyboard.press("Enter")
    expect(screen.view("witnesses").locator("tbody tr")).to_have_count(1)
    unit, _, rest = label.partition(" · ")
    row = screen.view("witnesses").locator("tbody tr")
    expect(row).to_contain_text(unit)
    expect(row).to_contain_text(rest.partition(":")[0])
    expect(matrix.locator('td button[aria-pressed="true"]')).to_be_focused()
    assert "place=" in screen.page.url
    screen.page.go_back()
    expect(matrix.locator('td button[aria-pressed="true"]')).to_have_count(0)


def test_a_state_of_the_key_shows_as_many_rows_as_it_counts_and_lets_the_others_stand_back(screen: Screen) -> None:
    late = screen.view("matrix").locator(".toggle", has_text="done late")
    counted = int(late.locator("b").inner_text())
    late.click()
    expect(screen.view("witnesses").locator("tbody tr")).to_have_count(counted)
    expect(screen.view("matrix").locator("td button:not(.aside)")).to_have_count(counted)


def test_the_file_of_a_shortened_table_holds_every_row(page: Page, served: Served) -> None:
    screen = Screen(page, names(pages.Standards)).open(f"{served[0]}/standards?language=en")
    with page.expect_download() as file:
        screen.view("witnesses").locator('[data-act="csv"]').click()
    lines = list(csv.reader(Path(file.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    store = Store(served[1])
    assert (
        len(lines) - 2
        == outcomes(store.source, store.selection).filter("is_due").height - store.ask("on_time_rate")["numerator"][0]
    )
    with page.expect_download() as file:
        screen.view("matrix").locator('[data-act="csv"]').click()
    text = Path(file.value.path()).read_text(encoding="utf-8-sig")
    assert text.count('"done late"') == outcomes(store.source, store.selection).filter(outcome="late").height
