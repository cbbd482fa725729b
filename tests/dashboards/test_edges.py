"""Where little can be said, every view of every page says it in words, without codes and without a share of nothing."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from dashboards.apps import PAGES
from dashboards.pages.base import Page
from dashboards.store import Store

LARGEST = 150_000
EDGES: dict[str, dict[str, Any]] = {
    "a tiny group": {"groups": ["T2"]},
    "one unit type": {"unit_types": ["non_public_enterprise"]},
    "the newest week": {"period": (29, 29)},
    "the first week": {"period": (1, 1)},
}


@pytest.mark.parametrize("edge", EDGES.values(), ids=EDGES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", PAGES.values())
def test_edges_are_said_in_whole_sentences(
    kind: type[Page], store_of: Callable[..., Store], language: str, edge: dict[str, Any]
) -> None:
    for view in kind(store_of(language, **edge)).own_views():
        said = re.sub(r"<[^>]+>", " ", str(view.shown()["html"]))
        assert said.strip(), view.view
        assert not re.search(r"\b0 of 0\b|\bA\d\d\b", said), view.view


@pytest.mark.parametrize("kind", PAGES.values())
def test_what_a_page_sends_stays_small(kind: type[Page], store: Store) -> None:
    assert sum(len(json.dumps(view.shown())) for view in kind(store).own_views()) < LARGEST
