"""A week from the inbox to the readers, as the steward does it; and that nobody else can."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from desks import WARNED, county, fill, spoil
from playwright.sync_api import BrowserContext, Page, expect
from screen import REFRESH, Screen
from serving import serving

from data.journal import Journal
from data.snapshots import Snapshot

LOOK_MS = 60_000


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    return county(demo_data, tmp_path / "data")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def steward(data: Path, inbox: Path) -> Iterator[str]:
    with serving(data, "--role", "steward", "--inbox", str(inbox)) as address:
        yield address


def look(page: Page) -> None:
    page.get_by_role("button", name="Check the inbox").click()
    expect(page.locator("[data-view=gate] .rule").first).to_be_visible(timeout=LOOK_MS)


def test_a_week_is_put_in_looked_at_signed_off_published_and_taken_back(
    steward: str, data: Path, inbox: Path, demo_data: Path, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(locale="en-GB").new_page()
    screen = Screen(page, REFRESH).open(f"{steward}/refresh")
    expect(page.locator("h1")).to_have_text("Nobody has sent anything yet.")
    reader = Screen(new_context(locale="en-GB").new_page()).open(steward)
    former = reader.part("snapshot")

    workbook = tmp_path / "T1.xlsx"
    workbook.write_bytes(b"PK\x03\x04 no workbook")
    page.locator("input[type=file]").set_input_files(workbook)
    expect(page.locator("[data-view=inbox] .senders")).to_contain_text("T1.xlsx")
    assert (inbox / "T1.xlsx").read_bytes() == workbook.read_bytes()
    stranger = tmp_path / "T9.xlsx"
    stranger.write_bytes(b"PK\x03\x04")
    page.locator("input[type=file]").set_input_files(stranger)
    expect(page.locator("[data-uploads] [role=status]")).to_contain_text("T9.xlsx: no sender's workbook")
    look(page)
    expect(page.locator("h1")).to_contain_text("The week is refused")
    expect(page.locator("[data-view=gate]")).to_contain_text("T1.xlsx")
    assert page.get_by_role("button", name=re.compile("^Publish")).count() == 0

    (inbox / "T1.xlsx").unlink()
    fill(demo_data, inbox)
    page.get_by_label("State as of (known on)").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("once 2 warnings are signed off", timeout=LOOK_MS)
    publish = page.get_by_role("button", name="Publish as known on 2014-04-27")
    publish.click()
    expect(publish).to_be_enabled()
    assert Snapshot.newest(data).id == former, "a reason is required"
    for rule in WARNED:
        page.get_by_label(f"Sign off {rule}: why may this be published?").fill(f"agreed on {rule}")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Published: 2014-04-27-0003", timeout=LOOK_MS)
    newest = Snapshot.newest(data)
    assert {each.rule: each.because for each in newest.manifest.warnings} == {
        rule: f"agreed on {rule}" for rule in WARNED
    }
    expect(reader.view("banner")).to_contain_text("Week 7 is ready")
    assert reader.part("snapshot") == former

    page.locator("[data-view=ledger] summary").first.click()
    page.get_by_label("Why?").first.fill("counted twice")
    page.get_by_role("button", name="Serve this one").first.click()
    expect(page.locator("[data-view=ledger]")).to_contain_text("taken back: counted twice")
    expect(reader.view("banner")).to_be_hidden()
    assert Snapshot.newest(data).id == former
    assert Journal.read(data).entries[-1].because == "counted twice"
    screen.settled(f"snapshot={former}")


def test_what_was_typed_stays_while_the_page_is_renewed(
    steward: str, inbox: Path, demo_data: Path, new_context: Callable[..., BrowserContext]
) -> None:
    fill(demo_data, inbox)
    page = new_context(locale="en-GB").new_page()
    Screen(page, REFRESH).open(f"{steward}/refresh")
    look(page)
    field = page.get_by_label("Sign off V16: why may this be published?")
    field.fill("half a rea")
    (inbox / "C3.xlsx").write_bytes(b"PK\x03\x04 late")
    other = new_context(locale="en-GB").new_page()
    Screen(other, REFRESH).open(f"{steward}/refresh")
    other.locator("input[type=file]").set_input_files(
        {"name": "C3.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 later"}
    )
    expect(page.locator("[data-view=gate]")).to_contain_text("has changed since it was checked")
    expect(field).to_have_value("half a rea")
    expect(field).to_be_focused()


def test_for_a_viewer_the_page_and_everything_of_it_do_not_exist(served: tuple[str, Path], page: Page) -> None:
    address, _ = served
    for path in ("refresh", "refresh/", "refresh/ws", "refresh/autoload.js", "refresh/metadata", "inbox/T1.xlsx"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address}/{path}")
        assert refused.value.code == 404, path
    Screen(page).open(address)
    assert page.locator("a[href*=refresh]").count() == 0
    assert "refresh" not in json.dumps(page.locator(".pages a").evaluate_all("links => links.map(one => one.href)"))


def test_the_page_fits_a_phone_in_chinese_and_a_fault_is_told_in_chinese(
    steward: str, inbox: Path, demo_data: Path, new_context: Callable[..., BrowserContext]
) -> None:
    spoil(fill(demo_data, inbox))
    page = new_context(locale="zh-CN", viewport={"width": 390, "height": 844}).new_page()
    Screen(page, REFRESH).open(f"{steward}/refresh")
    page.get_by_role("button", name="检查收件文件夹").click()
    expect(page.locator("h1")).to_contain_text("不予通过", timeout=LOOK_MS)
    expect(page.locator("[data-view=gate]")).to_contain_text("请填实有的日期")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
