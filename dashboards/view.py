"""What every view is: an answer of the store in, a patch out; the same object on a page and in a notebook cell."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from panel.viewable import Viewer

from dashboards.desk import Desk
from dashboards.formats import esc, names
from dashboards.markup import Html, card, click
from dashboards.sheet import Sheet
from dashboards.store import Store
from dashboards.surface import Surface
from dashboards.text import say
from dashboards.theme import Look


class View(Viewer):
    """One visual over one store. Alone in a notebook cell or on a page it is the same object.

    `store` is shared between views that are to move together; without one, the keyword arguments of
    `dashboards.Store` (data, look, groups, unit_types, period, known_on, events_until) make a store of its own.
    """

    view: str
    shape: ClassVar[str] = "card"
    """How it stands on a page: a `card` in the grid, `wide` for the whole row, `plain` without a frame."""
    indicator: ClassVar[str] = ""
    """The indicator whose definition and rows its head opens."""
    tools: ClassVar[tuple[str, ...]] = ()
    """What its head offers beside that: `table`, `csv`, `png`, `ics`."""
    shortened: ClassVar[bool] = False
    """Whether its markup may show only the first rows; its twin has all of them, for the file."""

    def __init__(self, store: Store | None = None, **selection: Any) -> None:
        super().__init__()
        self.store = store or Store(**selection)
        self._tabled = False

    @property
    def look(self) -> Look:
        """The language and theme it is shown in."""
        return self.store.look

    def say(self, key: str, /, **values: object) -> str:
        """A message of the catalogue in the view's language."""
        return say(self.look.language, key, **values)

    def answer(self) -> Any:
        """What the view needs to know about the selection: frames, asked of the store."""
        raise NotImplementedError

    def patch(self, answer: Any) -> dict[str, Any]:
        """The answer as what the browser shows.

        `html` is its markup, `figure` the columns and ranges of its figure; `empty` is true when there is nothing.
        """
        raise NotImplementedError

    def twin(self, answer: Any) -> str:
        """The numbers of the figure as a table, worked out once a viewer has asked for it."""
        raise NotImplementedError

    def shown(self) -> dict[str, Any]:
        """The patch for the store's selection now, with the table where it is wanted."""
        answer = self.answer()
        patch = self.patch(answer)
        if self._tabled and not patch.get("empty"):
            patch["twin"] = self.twin(answer)
        return patch

    @property
    def has_twin(self) -> bool:
        """Whether there is more than its markup for a table or a file."""
        return "table" in self.tools or self.shortened

    def heard(self, message: dict[str, Any]) -> None:
        """A click on the view."""
        if message.get("do") == "table" and self.has_twin:
            self._tabled = True
            self.store.renew()
        else:
            self.store.hear(message)

    def part(self) -> Mapping[str, Any]:
        """What the browser is told once: the shape, and for figures the drawing and its height."""
        return {"shape": self.shape, "twin": self.has_twin}

    def head(self, title: str, finding: str, legend: str = "", *, why: str = "", links: str = "") -> str:
        """The head of a card with its tools; `why` opens another indicator than the view's own."""
        opened = why or self.indicator
        made = [links] if links else []
        if opened:
            made.append(f"<button {click({'why': opened})}>{self.say('why')}</button>")
        made += [f'<button data-act="{tool}">{self.say(f"tool.{tool}")}</button>' for tool in self.tools]
        return card(title, finding, legend, "".join(made))

    def nothing(self, title: str, said: str = "") -> dict[str, Any]:
        """The patch of a card without data in this selection."""
        return {"html": card(title, said or self.say("empty.data")), "empty": True}

    def sentences(self, *said: str) -> str:
        """Sentences one after another as the view's language sets them; empty ones are left out."""
        return ("" if self.look.language == "zh" else " ").join(filter(None, said))

    def of_groups(self, key: str, groups: Iterable[str], **values: object) -> str:
        """The message about these groups, in their sorted order; empty when there are none."""
        named = sorted(groups)
        listed = names(map(esc, named), self.look.language)
        return self.say(key, groups=listed, n=len(named), **values) if named else ""

    def mark(self, row: Mapping[str, Any]) -> str:
        """What stands beside a figure of `standing`: below and proven, below while reports are still coming in."""
        return f" \u25bc {self.say('below')}" if row["proven"] else f" ? {self.say('early')}" if row["below"] else ""

    def group_name(self, group: str | None) -> Html:
        """A group's code: the name leads to its page, the mark beside it selects the group here."""
        if not group:
            return Html("\u2013")
        link = esc(self.store.link("group", group=group))
        words = esc(self.say("pick.group", group=group))
        pick = f'<button class="pick" data-group="{esc(group)}" aria-label="{words}">\u25ce</button>'
        return Html(f'<span class="who"><a href="{link}">{esc(group)}</a>{pick}</span>')

    def unit_name(self, unit: Mapping[str, Any], prefix: str = "name") -> Html:
        """A unit's name in the view's language, leading to its page; `unit` has unit_id and `prefix`_zh, _en."""
        link = esc(self.store.link("unit", unit="")).replace("unit=", f"unit={quote(unit['unit_id'])}", 1)
        return Html(f'<a href="{link}">{esc(unit[f"{prefix}_{self.look.language}"])}</a>')

    def body_name(self, body: Mapping[str, Any], none: str, prefix: str = "body_name") -> Html:
        """A body's name, leading to the page of the unit it is, if it is one; `none` is said where there is no name."""
        if body["unit_id"] and body[f"{prefix}_zh"]:
            return self.unit_name(body, prefix)
        return Html(esc(body[f"{prefix}_{self.look.language}"] or none))

    def matter_name(self, matter: Mapping[str, Any]) -> Html:
        """What a matter is about, leading to its page; `matter` has matter_id and title_zh."""
        link = esc(self.store.link("matter", matter="")).replace("matter=", f"matter={quote(matter['matter_id'])}", 1)
        return Html(f'<a href="{link}">{esc(matter["title_zh"])}</a>')

    def __panel__(self) -> Surface:
        return Sheet(self.store, [self]).surface


class Answer(View):
    """A page's question, answered in one sentence made from the data, with a second line of what goes with it."""

    view = "answer"
    shape = "plain wide"
    page: ClassVar[str]

    def said(self, answer: Any) -> tuple[str, str]:
        """The sentence and the second line, as markup; the second may be empty."""
        raise NotImplementedError

    def patch(self, answer: Any) -> dict[str, Any]:
        """Question, sentence, second line."""
        first, second = self.said(answer)
        question = self.say(f"page.{self.page}.question")
        return {"html": f'<p class="question">{question}</p><h1>{first}</h1><p class="since">{second}</p>'}


class DeskView(View):
    """A view of the steward's desk: what it shows is not selected but under way."""

    shape = "card wide"

    def __init__(self, store: Store, desk: Desk) -> None:
        super().__init__(store)
        self.desk = desk
