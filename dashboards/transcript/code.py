"""The Python of a notebook's cells: short, and every value written out as Python writes it."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from dashboards.pages.base import Page
from dashboards.transcript.asking import OWN, Query, selections


def opening(page: Page, warning: str) -> str:
    """The cell that opens the data: the page at its snapshot, and a word if another one is there."""
    store, kind = page.store, type(page).__name__
    given = {"language": store.look.language, "known_on": store.source.known_on, **_filters(page)}
    beside = {name: value for name in ("unit", "matter", "picks") if (value := getattr(store, name))}
    lines = [
        "folder = Settings.read().data",
        *_call(f"page = {kind}", {"data": "folder"} | {name: written(value) for name, value in given.items()}),
        *([f"page.store.param.update({_listed(beside)})"] if beside else []),
        "source, former = page.store.source, page.store.previous",
        f"if source.snapshot_id != {written(store.source.snapshot_id)}:",
        f"    print({written(warning)}, source.snapshot_id)",
        "source.snapshot_id, source.known_on",
    ]
    return "\n".join(lines)


def imports(page: Page, queries: Iterable[Query]) -> str:
    """The cell of imports: no more than the cells below use."""
    asked = list(queries)
    named = {"queries": {"Selection"} if asked else set()}
    for query in asked:
        listing = query.question.listing
        room, name = (listing.__module__, listing.__name__) if listing else ("queries", _verb(query))
        named.setdefault(room, set()).add(name)
    lines = [
        "from datetime import date",
        "",
        f"from dashboards import {', '.join(sorted([type(page).__name__, 'Settings']))}",
    ]
    lines += [f"from {room} import {', '.join(sorted(names))}" for room, names in sorted(named.items()) if names]
    return "\n".join(lines)


def chosen(queries: Iterable[Query]) -> str:
    """The cell of the selections that are asked of."""
    lines = []
    for name, selection in sorted(selections(queries).items(), key=lambda each: each[0] != OWN):
        given = {one.name: getattr(selection, one.name) for one in fields(selection) if getattr(selection, one.name)}
        lines += _call(f"{name} = Selection", {name: written(value) for name, value in given.items()})
    return "\n".join(lines)


def call(query: Query) -> str:
    """The one line that asks a query."""
    question, source = query.question, "former" if query.is_former else "source"
    if question.listing is not None:
        return f"{question.listing.__name__}({source}, {query.chosen})"
    if question.kind == "maturity":
        return f"maturity({source}, {query.chosen}.groups)"
    if question.kind == "moves":
        return f"moves(former, source, {query.chosen}, {written(list(question.by))})"
    by = f", by={written(list(question.by))}" if question.by else ""
    of = f", of={written(question.of)}" if question.of else ""
    return f"{_verb(query)}({written(question.name)}, {source}, {query.chosen}{by}{of})"


def written(value: Any) -> str:
    """A value as source text: text with double quotes, a day as `date(2014, 9, 28)`."""
    if isinstance(value, str):
        plainly = f"'{value}'" == repr(value) and '"' not in value
        return f'"{value}"' if plainly else repr(value)
    if isinstance(value, tuple | list):
        inner = ", ".join(map(written, value))
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(each)}" for key, each in value.items()) + "}"
    return repr(value).removeprefix("datetime.")


def _verb(query: Query) -> str:
    return {"figure": "run"}.get(query.question.kind, query.question.kind)


def _filters(page: Page) -> dict[str, Any]:
    """The filters as keyword arguments of a page; what stands at its default is left out."""
    store, found = page.store, {}
    if store.events_until != store.source.known_on:
        found["events_until"] = store.events_until
    found |= {name: getattr(store, name) for name in ("groups", "unit_types") if getattr(store, name)}
    if store.period != store.param.period.bounds:
        last = store.source.extent.week_of(store.events_until)
        found["period"] = tuple(min(week, last) for week in store.period)
    return found


def _call(head: str, given: dict[str, str]) -> list[str]:
    if len(given) <= 2:
        return [f"{head}({', '.join(f'{name}={value}' for name, value in given.items())})"]
    return [f"{head}(", *(f"    {name}={value}," for name, value in given.items()), ")"]


def _listed(given: dict[str, Any]) -> str:
    return ", ".join(f"{name}={written(value)}" for name, value in given.items())
