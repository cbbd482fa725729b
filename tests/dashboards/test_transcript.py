"""Every page as a notebook: it is valid, says what was selected, and its cells give the numbers the page shows."""

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
import pytest
from hostile import PAYLOADS
from nbclient import NotebookClient
from polars.testing import assert_frame_equal

from dashboards import store as stores
from dashboards.answers import Answers
from dashboards.apps import PAGES
from dashboards.pages import Group, LineUp, Unit
from dashboards.pages.base import Page
from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.text import known
from dashboards.theme import Look
from dashboards.transcript import transcript
from dashboards.transcript.asking import OWN, Query, queries_of

QUERIES = {
    "everything": "",
    "some weeks of two groups, known early": "group=T1,C1&from=3&to=14&known_on=2014-07-06",
    "one unit type until the middle of a week, picked": "type=county_department&events_until=2014-06-25"
    "&indicator=content_coverage&action=A07&state=late&weight=0.7&month=2014-08",
}
"""What addresses ask for, by what is special about each."""

by_page = pytest.mark.parametrize("kind", PAGES.values(), ids=lambda kind: kind.__name__)


def page_of(kind: type[Page], sources: Any, query: str = "", language: Any = "en") -> Page:
    """The page as it is served at that address."""
    store = Store(sources, Look(language))
    of_one = {"Unit": "unit=U003", "Matter": "matter=M004"}.get(kind.__name__, "")
    store.follow("&".join(filter(None, (of_one, query))))
    assert store.notices == []
    return kind(store)


def ran(text: str) -> list[Any]:
    """What each code cell of a notebook shows, run one after another as a kernel does."""
    names: dict[str, Any] = {"print": lambda *words: pytest.fail(f"the notebook complains: {words}")}
    shown = []
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            body = ast.parse("".join(cell["source"])).body
            last = body.pop() if isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None)
    return shown


def answered(page: Page, query: Query) -> pl.DataFrame:
    """What the page was answered when it asked this."""
    relation = "" if query.chosen == OWN else query.chosen
    related = {name.replace(" ", "_"): answers for name, answers in page.store.answers.related().items()}
    answers: Answers = related[relation]
    question = query.question
    if question.kind == "figure":
        return answers.ask(question.name, *question.by, of=question.of)
    if question.kind == "rows":
        return answers.rows(question.name, question.of)
    if question.kind == "moves":
        return answers.moves(*question.by)
    if question.listing is not None:
        listing = question.listing
        return answers.listing(listing) if listing in answers._held else answers.of_day(listing)
    return answers.maturity


@pytest.fixture
def one_folder(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks of this test open the county that is open already."""
    monkeypatch.setattr(stores, "Sources", lambda folder: sources)


@by_page
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
@pytest.mark.usefixtures("one_folder")
def test_the_notebook_gives_what_the_page_shows(kind: type[Page], query: str, sources: Sources) -> None:
    language = "zh" if "group" in query else "en"
    page = page_of(kind, sources, query, language)
    asked = queries_of(page)
    text = transcript(page)
    _, (snapshot_id, _), live, _, *frames = ran(text)
    assert snapshot_id == page.store.source.snapshot_id
    assert live.store.stamp == page.store.stamp
    assert [view.shown() for view in live.views] == [view.shown() for view in page.views]
    assert len(frames) == len(asked) > 0
    for each, frame in zip(asked, frames, strict=True):
        assert_frame_equal(frame, answered(page, each), rel_tol=1e-12, abs_tol=1e-12)
    assert transcript(live) == text, "the page in the notebook gives the same notebook"
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert len(text.encode()) < 40_000
    assert str(sources.folder) not in text
    listings = {each.topic for each in asked if each.question.kind not in ("figure", "rows")}
    assert [name for name in listings if known(language, f"transcript.{name}") is None] == []


def test_the_title_says_what_is_selected(sources: Sources) -> None:
    query = "group=T1,C1&from=3&to=14&known_on=2014-07-06"
    title = "".join(json.loads(transcript(page_of(LineUp, sources, query)))["cells"][0]["source"])
    assert title.startswith("# Line-up\n")
    assert all(part in title for part in ("groups T1, C1", "week 3 – week 14", "Known on 6 Jul 2014", "`2014-07-06-"))


@pytest.mark.usefixtures("one_folder")
def test_the_notebook_says_so_when_another_snapshot_is_there(sources: Sources) -> None:
    page = page_of(LineUp, sources)
    text = transcript(page)
    with pytest.raises(pytest.fail.Exception, match="Another snapshot is here"):
        ran(text.replace(page.store.source.snapshot_id, "2014-09-28-000-gone"))


def test_hostile_names_stay_words(hostile_sources: Any, one_hostile_folder: None) -> None:
    del one_hostile_folder
    store = Store(hostile_sources)
    store.groups = [store.param.groups.objects[0]]
    text = transcript(Group(store))
    said = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    assert [payload for payload in PAYLOADS for cell in said if payload in "".join(cell["source"])] == []
    assert ran(text)[2].selection.groups == store.selection.groups


@pytest.fixture
def one_hostile_folder(hostile_sources: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "Sources", lambda folder: hostile_sources)


def test_the_notebook_runs_in_a_kernel(sources: Sources, demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_DATA", str(demo_data))
    page = page_of(Unit, sources, "known_on=2014-07-06")
    notebook = nbformat.reads(transcript(page), as_version=4)
    whole = NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    outputs = [output for cell in whole.cells for output in cell.get("outputs", ())]
    assert [output for output in outputs if output.output_type in ("stream", "error")] == []
    tables = [output for output in outputs if "shape:" in output.get("data", {}).get("text/plain", "")]
    assert len(tables) == len(queries_of(page))
