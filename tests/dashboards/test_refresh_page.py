"""The Refresh page in words: what stands against a week, what it changes, and what may be done about it."""

import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import SEVENTH, WARNED, county, desk_of, fill, looked, spoil
from shown import html, sheet

from dashboards.apps import PAGES, STEWARD_PAGES, pages
from dashboards.desk import Desk
from dashboards.formats import measure
from dashboards.pages import Refresh
from dashboards.settings import ROLES, Settings, SettingsError
from dashboards.store import Store
from dashboards.text.faults import in_words, place_in_words
from dashboards.theme import Look
from dashboards.view import View
from data.journal import Journal
from data.rules import RULES
from data.snapshots import Snapshot
from data.telling import sentences
from queries import indicator

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county(demo_data, tmp_path_factory.mktemp("county") / "data")


@pytest.fixture(scope="module")
def warned(demo_data: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return looked(fill(demo_data, tmp_path_factory.mktemp("warned")), data)


@pytest.fixture(scope="module")
def refused(demo_data: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return looked(spoil(fill(demo_data, tmp_path_factory.mktemp("refused"))), data)


def page(desk: Desk, language: Any = "en") -> Refresh:
    return Refresh(Store(desk.sources, Look(language)), desk)


def view(desk: Desk, name: str, language: Any = "en") -> View:
    return next(each for each in page(desk, language).views if each.view == name)


def shown(desk: Desk, name: str, language: Any = "en") -> str:
    return html(view(desk, name, language))


def test_only_the_steward_has_the_page() -> None:
    assert pages("viewer") == PAGES
    assert "/refresh" not in PAGES
    assert pages("steward") == PAGES | STEWARD_PAGES
    assert pages("Steward") == pages("") == PAGES
    assert set(ROLES) == {"viewer", "steward"}


def test_a_role_that_is_unknown_is_refused_and_none_is_a_viewer() -> None:
    assert Settings.read({"HOME": "/home"}).role == "viewer"
    assert Settings.read({"HOME": "/home", "CAMPAIGN_ROLE": "steward"}).role == "steward"
    with pytest.raises(SettingsError, match="did you mean 'steward'"):
        Settings.read({"HOME": "/home", "CAMPAIGN_ROLE": "stewart"})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refused_week_names_every_cell_and_offers_no_publication(refused: Desk, language: str) -> None:
    gate, found = shown(refused, "gate", language), refused.work.found
    assert found is not None
    for row in found.failures.to_dicts():
        assert row["file"] in gate
        assert place_in_words(row["place"], "zh" if language == "zh" else "en") in gate
        assert row["value"] in gate
    assert "3.10" in gate
    assert "U999" in gate
    assert "data-submit" not in gate
    assert "Nothing was published" in shown(refused, "week") or language == "zh"


def test_every_fault_of_a_refused_week_is_said_in_chinese(refused: Desk) -> None:
    assert refused.work.found is not None
    for row in refused.work.found.failures.to_dicts():
        words = in_words(row["message"], row["rule"], "zh")
        assert CHINESE.search(words), row
        assert in_words(row["message"], row["rule"], "en") == row["message"]


def test_a_week_with_warnings_wants_a_reason_for_each(warned: Desk) -> None:
    gate = shown(warned, "gate")
    assert re.findall(r'<input type="text" name="(\w+)" required', gate) == list(WARNED)
    assert gate.count('<form data-submit="') == 1
    assert "Publish as known on 2014-04-27" in gate
    assert "once 2 warnings are signed off" in shown(warned, "week")
    assert f"{len(RULES) - 1} of {len(RULES) + 1} rules found nothing" in gate
    assert "proved when published" in gate


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_rules_are_said_in_the_language_of_the_page(warned: Desk, language: str) -> None:
    gate = shown(warned, "gate", language)
    for rule in RULES:
        said, other = (rule.zh, rule.en) if language == "zh" else (rule.en, rule.zh)
        assert said.replace("'", "&#x27;") in gate
        assert other not in gate


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_difference_is_told_in_sentences_in_numbers_and_cell_by_cell(warned: Desk, language: Any) -> None:
    told, found = shown(warned, "difference", language), warned.work.found
    assert found is not None
    for line in sentences(found.differences, language):
        assert f"<li>{line}</li>" in told
    assert ("C3 has sent nothing this week" if language == "en" else "C3本周没有报送") in told
    restated = [row for row in found.differences.to_dicts() if row["kind"] == "restated"]
    assert restated
    for row in restated:
        assert row["key"] in told
        assert f"<td class=wrap>{row['old']}</td><td class=wrap><b>{row['new']}</b></td>" in told


def test_the_moves_show_the_value_before_and_now_of_each_headline_figure(warned: Desk) -> None:
    told, moved = shown(warned, "moves"), warned.work.moved
    assert moved is not None
    for row in moved.to_dicts():
        unit = indicator(row["indicator"]).unit
        assert f"<b>{measure(row['before'], unit)}</b>" in told
        assert f"<b>{measure(row['now'], unit)}</b>" in told


def test_the_ledger_names_every_snapshot_and_offers_the_way_back(warned: Desk, data: Path) -> None:
    ledger = shown(warned, "ledger")
    first, second = Snapshot.list(data)
    assert first.id in ledger
    assert second.id in ledger
    forms = re.findall(r'data-submit="([^"]+)"', ledger)
    assert [json.loads(form.replace("&quot;", '"')) for form in forms] == [{"do": "rollback", "to": first.id}]
    assert f'name="because {first.id}" required' in ledger


def test_before_a_look_the_page_says_what_is_there(data: Path, tmp_path: Path) -> None:
    assert "Nobody has sent anything yet" in shown(desk_of(tmp_path, data), "week")
    assert "data-submit" not in shown(desk_of(tmp_path, data), "week")
    assert "CAMPAIGN_INBOX" in shown(desk_of(None, data), "week")
    assert "There is no folder" in shown(desk_of(tmp_path / "gone", data), "week")
    (tmp_path / "T1.xlsx").write_bytes(b"")
    assert "1 of 11 senders" in shown(desk_of(tmp_path, data), "week")
    assert 'value="2014-04-27"' in shown(desk_of(tmp_path, data), "week")
    for name in ("gate", "difference", "moves"):
        assert "<form" not in shown(desk_of(tmp_path, data), name)


def test_a_change_of_the_inbox_after_the_look_is_told(demo_data: Path, data: Path, tmp_path: Path) -> None:
    desk = looked(fill(demo_data, tmp_path / "inbox"), data)
    assert "has changed since" not in shown(desk, "gate")
    (tmp_path / "inbox" / "C3.xlsx").write_bytes(b"late")
    assert "has changed since" in shown(desk, "gate")


class Heard:
    """Stands in for a desk and writes down what it is asked."""

    def __init__(self, desk: Desk) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.work, self.proposed = desk.work, desk.proposed
        for name in ("look", "publish", "roll_back"):
            setattr(self, name, lambda *given, name=name: self.asked.append((name, *given)))


@pytest.mark.parametrize(
    ("name", "message", "asked"),
    [
        ("week", {"do": "look", "fields": {"known_on": "2014-05-04"}}, "2014-05-04"),
        ("week", {"do": "look", "fields": {"known_on": "soon"}}, "2014-04-27"),
        ("week", {"do": "look", "fields": None}, "2014-04-27"),
        ("week", {"do": "look"}, "2014-04-27"),
        ("gate", {"do": "publish", "fields": {"V16": "a", "V01": "b", "x": "c"}}, {"V16": "a"}),
        ("gate", {"do": "publish", "fields": ["V16"]}, {}),
        ("gate", {"do": "publish"}, {}),
        ("ledger", {"do": "rollback", "to": "x", "fields": {"because x": "why", "y": "z"}}, "why"),
        ("ledger", {"do": "rollback", "to": "x"}, None),
    ],
)
def test_what_a_browser_sends_is_taken_only_as_far_as_it_makes_sense(
    warned: Desk, name: str, message: dict[str, Any], asked: Any
) -> None:
    told = view(warned, name)
    told.desk = heard = Heard(warned)  # type: ignore[attr-defined]
    told.heard(message)
    given = [str(value) if not isinstance(value, dict) else value for call in heard.asked for value in call[1:]]
    assert given[-1:] == ([] if asked is None else [asked])


def test_all_views_of_the_page_are_sent_in_one_piece(warned: Desk) -> None:
    names = list(sheet(page(warned).main())["views"])
    assert names == ["banner", "notices", "week", "inbox", "gate", "difference", "moves", "ledger", "footer"]


def test_the_day_that_was_looked_at_stays_in_the_form(warned: Desk) -> None:
    assert f'value="{SEVENTH.isoformat()}"' in shown(warned, "week")


@pytest.mark.parametrize(
    "message",
    [
        "the workbook holds macros: save it as a plain .xlsx",
        "merged cells: unmerge them and fill in each cell",
        "write a whole number in digits only, between -2147483648 and 2147483647",
        "not read within 18 seconds: split it, or save it again from Excel",
        "the process that read this file died of it (SIGABRT): save it again from Excel, or send CSV",
        "more than 20000 rows: remove this cell, or send this table as CSV or Parquet",
        "this formula was never calculated: save the workbook in Excel, or write the value",
        "unknown column: did you mean 'unit_id'?",
        "U001 is a unit of T1, not of T2: leave it out, or let the group that has it send it",
        "the workbook is damaged (Bad CRC-32 for file 'xl/workbook.xml'): save it again from Excel",
    ],
)
def test_the_reader_s_words_are_known_in_chinese(message: str) -> None:
    words = in_words(message, "file", "zh")
    assert CHINESE.search(words)
    assert "{" not in words


def test_words_nobody_translated_are_shown_as_they_are() -> None:
    assert in_words("something {0} new", "file", "zh") == "something {0} new"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_damaged_snapshot_is_left_out_only_for_a_reason_given_on_the_page(
    demo_data: Path, data: Path, tmp_path: Path, language: Any
) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    first, second = Snapshot.list(copy)
    path = second.folder / "visits.parquet"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    desk = looked(fill(demo_data, tmp_path / "inbox", without="nobody"), copy)
    gate = shown(desk, "gate", language)
    assert 'name="left_out" required' in gate
    assert {first.id, second.id} <= set(re.findall(r"\d{4}-\d\d-\d\d-\d{4}-[0-9a-f]{16}", gate))
    reasons = dict.fromkeys(WARNED, "agreed")
    desk.publish(reasons)
    desk.wait()
    assert "leaving out" in desk.work.fault
    desk.publish(reasons | {"left_out": "no copy of it is left"})
    desk.wait()
    assert desk.work.published == Snapshot.newest(copy).id
    assert Snapshot.newest(copy).manifest.parent == first.id
    assert Journal.read(copy).entries[-1].because == "no copy of it is left"


@pytest.mark.parametrize(("language", "words"), [("en", "accepted before, 0 new"), ("zh", "新增0处")])
def test_what_was_accepted_before_is_not_asked_for_again(
    demo_data: Path, data: Path, tmp_path: Path, language: Any, words: str
) -> None:
    copy, inbox = Path(shutil.copytree(data, tmp_path / "data")), fill(demo_data, tmp_path / "inbox")
    desk = looked(inbox, copy)
    desk.publish(dict.fromkeys(WARNED, "agreed with the office"))
    desk.wait()
    (inbox / "T1" / "visits.csv").write_text((inbox / "T1" / "visits.csv").read_text() + "\n")
    desk = looked(inbox, copy, SEVENTH + timedelta(days=6))
    gate = shown(desk, "gate", language)
    assert gate.count(words) == len(WARNED)
    assert "agreed with the office" in gate
    assert 'type="text"' not in gate
    assert "2014-05-03" in gate
    told = shown(desk, "difference", language)
    assert told.count("its files were taken in" if language == "en" else "其文件已随较早一周收入") == 9
    desk.publish({})
    desk.wait()
    assert {each.because for each in Snapshot.newest(copy).manifest.warnings} == {"agreed with the office"}
