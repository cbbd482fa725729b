"""A week is published while pages are open: it is offered, and taken only by those who say so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from screen import Screen
from serving import serving

from data.publishing import Prepared, publish
from data.snapshots import Snapshot

LOOK_MS = 45_000


@pytest.fixture
def folder(demo_data: Path, tmp_path: Path) -> Path:
    """A data folder with the fourth and fifth week."""
    for snapshot in Snapshot.list(demo_data)[3:5]:
        publish(Prepared.of(dict(snapshot.tables()), snapshot.known_on), tmp_path)
    return tmp_path


def test_an_open_page_is_offered_the_new_week_and_keeps_its_own_until_it_switches(
    folder: Path, demo_data: Path, new_context: Callable[..., BrowserContext]
) -> None:
    with serving(folder, "--language", "en") as address:
        one, other = (Screen(new_context(locale="en-GB").new_page()).open(address) for _ in range(2))
        one.chip("T1").click()
        one.settled(";group=T1;")
        former, figures = one.part("snapshot"), one.kpis()
        sixth = Snapshot.list(demo_data)[5]
        newer = publish(Prepared.of(dict(sixth.tables()), sixth.known_on), folder)
        for screen in (one, other):
            expect(screen.view("banner").get_by_role("status")).to_contain_text("Week 6 is ready", timeout=LOOK_MS)
            assert screen.part("snapshot") == former
        assert one.kpis() == figures
        button = one.view("banner").get_by_role("button", name="Switch to week 6")
        button.focus()
        one.page.keyboard.press("Enter")
        one.settled(f"group=T1;type=;weeks=1-6;snapshot={newer.id}")
        expect(one.view("banner")).to_be_hidden()
        expect(one.page.get_by_label("Known on")).to_have_value("20 Apr 2014 · week 6")
        assert other.part("snapshot") == former
        other.page.reload()
        other.settled(f"snapshot={former}")
        expect(other.view("banner")).to_contain_text("You see week 5 as it was known on")
        other.open(address, f"snapshot={newer.id}")
