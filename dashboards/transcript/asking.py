"""What a page asks: learnt from its answers after it was shown, so that a notebook asks the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from dashboards.answers import Answers, Listing, Question
from dashboards.pages.base import Page
from queries import Selection

OWN = "selection"
RELATIONS = ("of_all", "settled", "earlier")
"""What answers of another selection can be to the page's own, see `dashboards.answers.Answers`."""


@dataclass(frozen=True)
class Query:
    """One question with the selection it is asked of; `chosen` is that selection's name, `is_former` which snapshot."""

    question: Question
    chosen: str
    selection: Selection
    is_former: bool

    @property
    def topic(self) -> str:
        """The indicator's name, or the listing's."""
        question = self.question
        return question.name or (question.listing.__name__ if question.listing else question.kind)


def queries_of(page: Page) -> list[Query]:
    """Everything a page asks for its selection now, by topic, the topics in the order in which they were asked.

    What a view works out by itself, without a name in `queries`, stands for its indicator: that is asked in any case.
    """
    for view in page.views:
        view.shown()
    answers = page.store.answers
    asked = [query for relation, each in answers.related().items() for query in _named(relation, each, page)]
    known = {query.topic for query in asked}
    told = [view.indicator for view in page.views if view.indicator and view.indicator not in known]
    asked += [Query(Question("figure", name), OWN, answers.selection, False) for name in dict.fromkeys(told)]
    topics = list(dict.fromkeys(query.topic for query in asked))
    return sorted(asked, key=lambda query: topics.index(query.topic))


def selections(queries: Iterable[Query]) -> dict[str, Selection]:
    """The selections that are asked of, by their names."""
    return {query.chosen: query.selection for query in queries}


def _named(relation: str, answers: Answers, page: Page) -> list[Query]:
    is_former = answers.source is not page.store.source
    return [
        Query(question, relation.replace(" ", "_") or OWN, answers.selection, is_former)
        for question in answers.asked
        if question.listing is None or is_public(question.listing)
    ]


def is_public(listing: Listing) -> bool:
    """Whether a notebook can import it by its name from `queries`."""
    module, name = listing.__module__, listing.__name__
    if not module.startswith("queries.") or name.startswith("_"):
        return False
    return getattr(import_module(module), name, None) is listing
