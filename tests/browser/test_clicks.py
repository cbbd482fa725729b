"""What a click does: a row filters, a number opens its drawer, keys reach everything."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from screen import Screen

from dashboards.store import Store, one
from queries import indicator
from queries.moves import HEADLINE

Served = tuple[str, Path]

ROW = """
async row => {
  for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
  const seek = view => view.model.renderers?.some?.(each => each.name === "points") ? view
    : [...(view.child_views ?? [])].map(seek).find(Boolean);
  const figure = [...Bokeh.index.roots ?? Object.values(Bokeh.index)].map(seek)
    .find(view => view && view.model.renderers.some(each => each.name === "wide"));
  const box = figure.canvas_view.el.getBoundingClientRect();
  return { x: box.x + figure.frame.bbox.left + 40, y: box.y + figure.frame.y_scale.compute(row) };
}
"""
"""Where the middle of a row of the line-up stands in the window."""


@pytest.fixture
def screen(page: Page, served: Served) -> Screen:
    return Screen(page).open(served[0])


def test_a_click_on_a_row_of_the_line_up_selects_that_group_and_another_all(screen: Screen, served: Served) -> None:
    frame = Store(served[1]).ask("on_time_rate", "group").sort("value", "denominator", descending=True)
    screen.view("lineup").scroll_into_view_if_needed()
    spot = screen.page.evaluate(ROW, 2)
    screen.page.mouse.click(spot["x"], spot["y"])
    screen.settled(f";group={frame['group_id'][2]};")
    screen.open(screen.page.url)
    screen.view("lineup").scroll_into_view_if_needed()
    spot = screen.page.evaluate(ROW, 0)
    screen.page.mouse.click(spot["x"], spot["y"])
    screen.settled(";group=;")


def test_a_group_in_the_table_of_units_filters(screen: Screen) -> None:
    screen.page.locator('[data-view=units] td [data-group="C1"]').first.click()
    screen.settled(";group=C1;")


def test_the_drawer_of_every_number_lists_as_many_rows_as_it_says(screen: Screen, served: Served) -> None:
    screen.chip("T3").click()
    screen.settled(";group=T3;")
    store, dialog = Store(served[1], groups=["T3"]), screen.page.get_by_role("dialog")
    for name in HEADLINE:
        screen.page.locator(f'[data-indicator="{name}"] .value').click()
        expect(dialog).to_be_visible()
        answer = one(store.ask(name))
        listed = answer["numerator"]
        expect(dialog.locator("h3")).to_have_attribute("data-numerator", str(listed))
        if indicator(name).unit == "share":
            listed = answer["denominator"]
            expect(dialog.locator("h3")).to_have_attribute("data-denominator", str(listed))
        expect(dialog.locator("tbody tr")).to_have_count(min(listed, 200))
        screen.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_the_drawer_follows_the_filters_and_closes_by_its_button(screen: Screen) -> None:
    screen.page.locator(".kpi .value").first.click()
    heading = screen.page.get_by_role("dialog").locator("h3")
    expect(heading).to_be_visible()
    before = heading.get_attribute("data-rows")
    screen.chip("T3").click()
    screen.settled(";group=T3;")
    expect(heading).not_to_have_attribute("data-rows", before or "")
    screen.page.get_by_role("dialog").get_by_role("button").first.click()
    expect(screen.page.get_by_role("dialog")).to_have_count(0)


def test_escape_closes_the_drawer_from_wherever_the_focus_is_on_the_page(screen: Screen) -> None:
    screen.page.locator(".kpi .value").first.click()
    expect(screen.page.get_by_role("dialog")).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)


def test_the_drawer_takes_the_focus_and_gives_it_back(screen: Screen) -> None:
    number = screen.page.locator(".kpi .value").first
    number.focus()
    screen.page.keyboard.press("Enter")
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator(":focus")).to_have_count(1)
    screen.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(screen.page.locator(".kpi .value:focus")).to_have_count(1)


def test_a_header_sorts_the_table_by_click_and_by_key(screen: Screen) -> None:
    header = screen.page.locator('th[data-sort="visits"]')
    numbers = screen.page.locator("[data-view=units] tbody td:nth-child(6)")
    header.click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    shown = [int(text) for text in numbers.all_inner_texts()]
    assert shown == sorted(shown)
    header.focus()
    screen.page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert [int(text) for text in numbers.all_inner_texts()] == shown[::-1] or sorted(shown, reverse=True) == [
        int(text) for text in numbers.all_inner_texts()
    ]
    screen.chip("T1").click()
    screen.settled(";group=T1;")
    expect(header).to_have_attribute("aria-sort", "descending")


def test_the_tab_key_reaches_every_control_and_shows_where_it_is(screen: Screen) -> None:
    page = screen.page
    wanted = {
        "a chip": screen.chip("T1"),
        "the slider": page.locator(".noUi-handle-lower"),
        "a clock": page.locator(".filters select").first,
        "a number": page.locator(".kpi .value").first,
        "a link to the reasons": page.locator("[data-view=lineup] button").first,
        "a header": page.locator("th[data-sort]").first,
        "a unit": page.locator("[data-view=units] td a").first,
    }
    reached: set[str] = set()
    unmarked: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        for name, control in wanted.items():
            if name not in reached and _is_focused(control):
                reached.add(name)
                if not _is_marked(control):
                    unmarked.append(name)
        if reached == set(wanted):
            break
    assert set(wanted) - reached == set()
    assert unmarked == []


def test_a_chip_is_pressed_by_the_space_key_and_keeps_the_focus(screen: Screen) -> None:
    chip = screen.chip("C2")
    chip.focus()
    screen.page.keyboard.press("Space")
    screen.settled(";group=C2;")
    assert _is_focused(chip)


def test_pointing_at_a_figure_shows_its_words(screen: Screen) -> None:
    screen.view("lineup").scroll_into_view_if_needed()
    spot = screen.page.evaluate(ROW, 1)
    box = screen.view("lineup").locator(".figure").bounding_box()
    assert box is not None
    for step in range(0, int(box["width"]), 6):
        screen.page.mouse.move(box["x"] + step, spot["y"])
        if screen.page.locator(".bk-Tooltip").filter(has_text="95 %").count():
            return
    pytest.fail("no point of the row told anything")


def _is_focused(control: Locator) -> bool:
    return bool(control.evaluate("node => node === node.getRootNode().activeElement"))


def _is_marked(control: Locator) -> bool:
    return bool(
        control.evaluate(
            "node => { const { boxShadow, outlineStyle, outlineWidth } = getComputedStyle(node);"
            " return boxShadow !== 'none' || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) }"
        )
    )
