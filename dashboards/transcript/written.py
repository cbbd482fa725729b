"""A page as a notebook (nbformat 4.5): the same page and selection always give the same text."""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from dashboards.formats import day
from dashboards.pages.base import Page
from dashboards.text import known, say
from dashboards.theme import Language
from dashboards.transcript import code
from dashboards.transcript.asking import RELATIONS, Query, queries_of
from queries import dimension, indicator

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def transcript(page: Page, *, partly: bool = False) -> str:
    """The text of a notebook that shows the page as it is now and asks its queries, in the page's language.

    It opens CAMPAIGN_DATA at the page's snapshot and says so when another one is there. `partly` tells the reader that
    a link asked for more than there is. The page's views are worked out once for it.
    """
    queries, language = queries_of(page), page.store.look.language
    cells = [
        _said(_title(page, partly)),
        _code(code.imports(page, queries)),
        _said(say(language, "transcript.data")),
        _code(code.opening(page, say(language, "transcript.another"))),
        _said(say(language, "transcript.live")),
        _code("page"),
        _said(_asked(queries, language)),
        *([_code(code.chosen(queries))] if queries else []),
    ]
    for _, same in groupby(queries, key=lambda query: query.topic):
        of_topic = list(same)
        cells += [_said(topic(of_topic[0], language)), *(_code(code.call(query)) for query in of_topic)]
    numbered = [{"cell_type": cell.pop("cell_type"), "id": f"c{at:03d}", **cell} for at, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def topic(query: Query, language: Language) -> str:
    """What a query asks, in words: an indicator's title and question, or what a listing lists."""
    question = query.question
    if question.kind in ("figure", "rows"):
        defined = indicator(question.name, question.of)
        title, asks = getattr(defined, f"title_{language}"), getattr(defined, f"question_{language}")
        return f"### {title}\n\n{defined.id} `{defined.name}` · {asks}"
    return f"### {known(language, f'transcript.{query.topic}') or query.topic}"


def plain(text: object) -> str:
    """Words of the data inside Markdown: nothing in them is ever read as markup."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def _title(page: Page, partly: bool) -> str:
    store, language = page.store, page.store.look.language
    name = page.name_key.removeprefix("page.")
    lines = [f"# {say(language, page.name_key)}", ""]
    if asks := known(language, f"page.{name}.question"):
        lines += [asks, ""]
    lines += [f"- {line}" for line in _selected(page)]
    lines.append(f"- {say(language, 'why.snapshot')} `{store.source.snapshot_id}`")
    lines += ["", say(language, "transcript.about")]
    return "\n".join([*lines, "", say(language, "transcript.partly")] if partly else lines)


def _selected(page: Page) -> Iterable[str]:
    """The selection in words, one piece a line."""
    store, language = page.store, page.store.look.language
    selection, (first, last) = store.selection, store.weeks
    for kind in ("unit", "matter"):
        if code_ := getattr(store, kind):
            row = dimension(f"{kind}s", store.source).row(by_predicate=pl.col(f"{kind}_id") == code_, named=True)
            called = row.get(f"name_{language}") or row.get("title_zh") or code_
            yield f"{say(language, f'page.{kind}')}: {plain(called)} ({plain(code_)})"
    groups = ", ".join(map(plain, selection.groups))
    kinds = ", ".join(plain(known(language, f"type.{kind}") or kind) for kind in selection.unit_types)
    yield say(language, "selection.groups", groups=groups) if groups else say(language, "selection.groups.all")
    yield say(language, "selection.types", types=kinds) if kinds else say(language, "selection.types.all")
    yield say(language, "weeks", first=first, last=last)
    yield say(language, "stamp.known_on", day=day(store.source.known_on, language))
    yield say(language, "until", day=day(store.events_until, language))
    for kind, picked in store.picks.items():
        yield say(language, "transcript.picked", kind=plain(kind), code=plain(picked))


def _asked(queries: Sequence[Query], language: Language) -> str:
    named = {part for query in queries for part in RELATIONS if part in query.chosen}
    lines = [say(language, "transcript.asked" if queries else "transcript.nothing")]
    return "\n".join(
        [*lines, *(f"- {say(language, f'transcript.chosen.{part}')}" for part in RELATIONS if part in named)]
    )


def _said(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": lines}
