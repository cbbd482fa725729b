"""Pages over an imported log: no groups, no units, perhaps no due days; every page shows, and says what it rests on."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shown import html, patch, words

from dashboards.apps import PAGES
from dashboards.pages import Matter, Matters
from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.theme import Look
from dashboards.views.frame import Banner, Filters
from data.intake import Here
from data.logs import Columns, import_log

ROWS = [
    *("A,立项,2014-03-10 09:00,县委督查室,1,2014-03-20", "A,转办,2014-03-12 10:00,林业局,2,"),
    *(
        "A,退回,2014-03-21 10:00,县委督查室,1,",
        "A,转办,2014-03-25 10:00,林业局,2,",
        "A,办结,2014-04-15 10:00,林业局,2,",
    ),
    *(
        "B,立项,2014-03-10 23:50,县委督查室,1,",
        "B,转办,2014-03-11 00:10,城关镇,2,",
        "B,会签,2014-03-11 00:10,城关镇,2,",
    ),
    *("C,立项,2014-03-10 23:50,县委督查室,1,", "C,撤销,2014-03-17 00:10,县委督查室,1,"),
]
HEADER = "case,activity,time,office,level,due"


def opened(folder: Path, **named: str) -> Sources:
    (folder / "log.csv").write_text("\n".join([HEADER, *ROWS]), encoding="utf-8")
    columns = Columns("case", "activity", "time", "office", **named)
    import_log(folder / "log.csv", columns, folder / "data", reader=Here())
    return Sources(folder / "data", clock=lambda: date(2026, 1, 1))


def of_matter(sources: Sources, language: Any, matter: str) -> Store:
    store = Store(sources, Look(language))
    if matter:
        store.follow(f"matter={matter}")
    return store


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """With levels and due days."""
    return opened(tmp_path_factory.mktemp("full"), level="level", due="due")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Without."""
    return opened(tmp_path_factory.mktemp("bare"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("which", ["full", "bare"])
def test_every_page_shows(which: str, path: str, language: Any, request: pytest.FixtureRequest) -> None:
    sources = request.getfixturevalue(which)
    for matter in ("", "A", "B", "C"):
        for view in PAGES[path](of_matter(sources, language, matter)).views:
            view.heard({"do": "table"})
            shown = view.shown()
            said = shown["html"] + shown.get("twin", "")
            assert not {"nan", "None", "null", "inf", "9999", "9999年12月31日"} & words(said), (path, view.view)
        if path != "/matter":
            break


def test_the_banner_says_how_days_are_counted_and_what_the_log_does_not_have(full: Sources, bare: Sources) -> None:
    said = html(Banner(Store(full, Look("en"))))
    assert "differences of dates in Asia/Shanghai, not 24 hours" in said
    assert "No levels" not in said
    missing = html(Banner(Store(bare, Look("zh"))))
    assert {"日志无层级", "日志无期限"} <= {missing[at : at + 5] for at in range(len(missing))}


def test_a_log_does_not_grow_old(full: Sources) -> None:
    assert not full.served().is_stale


def test_a_case_without_a_due_day_is_never_late_and_shows_no_day(bare: Sources) -> None:
    page = Matter(of_matter(bare, "en", "A"))
    said = " ".join(html(view) for view in page.views)
    assert "No deadline is on record" in said
    assert "9999" not in said
    register = next(view for view in Matters(Store(bare, Look("en"))).views if view.view == "matter_list")
    assert "never due" in html(register)


def test_with_a_due_day_the_lateness_is_told(full: Sources) -> None:
    page = Matter(of_matter(full, "en", "A"))
    lateness = next(view for view in page.views if view.view == "matter_lateness")
    assert "closed 26 days late" in patch(lateness)["html"]


def test_without_groups_there_are_no_choices_of_groups(full: Sources, sources: Sources) -> None:
    assert len(Filters(Store(sources)).__panel__()) - len(Filters(Store(full)).__panel__()) == 2


def test_a_log_of_thousands_leaves_the_pages_light(tmp_path: Path) -> None:
    lines = ["case,activity,time,office"]
    for number in range(1500):
        first, second = (date(2014, 1, 1 + number % 28), date(2014, 2, 1 + number % 28))
        lines += [f"C{number:04d},open,{first},Office A", f"C{number:04d},forward,{second},Office {number % 7}"]
    (tmp_path / "log.csv").write_text("\n".join(lines), encoding="utf-8")
    columns = Columns("case", "activity", "time", "office")
    import_log(tmp_path / "log.csv", columns, tmp_path / "data", reader=Here())
    sources = Sources(tmp_path / "data", clock=lambda: date(2014, 3, 1))
    for page in (Matters, Matter):
        shown = {view.view: html(view) for view in page(Store(sources, Look("en"))).views}
        assert sum(map(len, shown.values())) < 200_000
        assert ("and 1,300 more" in shown["answer"]) == (page is Matter)
    passed = html(next(view for view in Matters(Store(sources, Look("en"))).views if view.view == "passed_on"))
    assert "1,500 hand-overs" in passed
    assert "and 1,480 earlier ones" in passed
