"""The weight is moved by keys and by hand without a rebuild, the table is searched, a point opens its row."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from screen import Screen, names

from dashboards import pages

Served = tuple[str, Path]
MARK = """view => view.querySelectorAll('input, canvas, .figure, .bk-Canvas').forEach(node => (node.stayed = true))"""
STAYED = """view => [...view.querySelectorAll('input, canvas, .figure, .bk-Canvas')].every(node => node.stayed)"""


@pytest.fixture
def screen(page: Page, served: Served) -> Screen:
    return Screen(page, names(pages.Appraisal)).open(f"{served[0]}/appraisal?place=U021&language=en")


def test_keys_move_the_weight_and_the_ranks_and_the_slider_stays(screen: Screen) -> None:
    slider = screen.page.get_by_role("slider", name="Weight of coursework")
    for name in ("weight", "rank_by_weight"):
        screen.view(name).evaluate(MARK)
    before = screen.view("mark_list").locator("tbody").inner_text()
    slider.focus()
    for _ in range(4):
        screen.page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "0.50: coursework 50 %, exam 50 %")
    expect(screen.view("weight")).to_contain_text("At 0.50")
    expect(screen.view("mark_list")).to_contain_text("at weight 0.50")
    assert screen.view("mark_list").locator("tbody").inner_text() != before
    expect(slider).to_be_focused()
    for name in ("weight", "rank_by_weight"):
        assert screen.view(name).evaluate(STAYED), name
    assert "weight=0.5" in screen.page.url


def test_a_drag_is_answered_once_it_stands_still_and_is_never_pulled_back(screen: Screen) -> None:
    slider = screen.page.get_by_role("slider", name="Weight of coursework")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    mouse, y = screen.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] * 0.3, y)
    mouse.down()
    for share in (0.4, 0.5, 0.6, 0.7, 0.8):
        mouse.move(box["x"] + box["width"] * share, y, steps=3)
    expect(screen.view("weight").locator(".said")).to_contain_text("0.80")
    expect(screen.view("weight")).to_contain_text("At 0.80")
    mouse.move(box["x"] + box["width"] * 0.9, y)
    expect(screen.view("weight").locator(".said")).to_contain_text("0.90")
    mouse.up()
    expect(screen.view("weight")).to_contain_text("At 0.90")
    assert slider.input_value() == "0.9"


def test_a_link_sets_the_slider_and_back_takes_it_back(page: Page, served: Served) -> None:
    screen = Screen(page, names(pages.Appraisal)).open(f"{served[0]}/appraisal?weight=0.7&language=en")
    slider = page.get_by_role("slider", name="Weight of coursework")
    assert slider.input_value() == "0.7"
    expect(screen.view("weight")).to_contain_text("At 0.70")
    screen.view("weight").get_by_role("button", name="Usual weight 0.30").click()
    expect(screen.view("weight")).to_contain_text("This is the usual weight, 0.30.")
    assert slider.input_value() == "0.3"
    page.go_back()
    expect(screen.view("weight")).to_contain_text("At 0.70")
    assert slider.input_value() == "0.7"


def test_typing_narrows_the_table_and_a_change_of_the_page_leaves_it_so(screen: Screen) -> None:
    field = screen.page.get_by_role("searchbox")
    rows = screen.view("mark_list").locator("tbody tr:visible")
    expect(rows).to_have_count(103)
    field.fill("enterprises")
    expect(rows).to_have_count(8)
    screen.page.get_by_role("slider", name="Weight of coursework").press("ArrowRight")
    expect(screen.view("mark_list")).to_contain_text("at weight 0.35")
    expect(rows).to_have_count(8)
    assert field.input_value() == "enterprises"
    field.fill("no such unit")
    expect(rows).to_have_count(0)
    field.fill("")
    expect(rows).to_have_count(103)


def test_a_unit_and_its_points_are_reached_by_keys(screen: Screen) -> None:
    pick = screen.view("mark_list").locator("tbody button[aria-pressed]").first
    name = screen.view("mark_list").locator("tbody tr").first.locator("a").first.inner_text()
    pick.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.view("waterfall")).to_contain_text(f"{name}: from the base to the mark")
    opened = screen.view("points").locator("button.open").last
    words = opened.inner_text()
    opened.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.view("evidence")).to_contain_text(words)
    expect(screen.view("points").locator('button.open[aria-pressed="true"]')).to_have_count(1)
    screen.page.wait_for_url("**event=**")
