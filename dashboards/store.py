"""The state of one viewer: a selection as parameters, the answers derived from it, and the views that show them."""

import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import panel as pn
import param
import polars as pl

from dashboards import address
from dashboards.answers import Answers
from dashboards.formats import labelled
from dashboards.settings import Settings
from dashboards.sources import Sources
from dashboards.text import known
from dashboards.theme import Look
from queries import Selection, Source, dimension

SELECTED = ("events_until", "groups", "unit_types", "period")
"""The parameters that make up the selection within one snapshot."""


class Shown(Protocol):
    """A view as the store sees it."""

    def refresh(self) -> Any:
        """Work out the next patch without showing it; returned to `show`."""

    def show(self, patch: Any) -> None:
        """Show a patch worked out by `refresh`."""


class Store(param.Parameterized):
    """One viewer's selection. Every change works out all answers first and then shows them in one step.

    The newest snapshot of when the viewer came is `pinned`; what is published meanwhile is taken only by `switch`.
    """

    known_on = param.Selector(doc="The snapshot to look at, by the day it was known on.")
    events_until = param.Selector(doc="Events after this day are left out; never later than known_on.")
    groups = param.ListSelector(default=[], doc="Supervision groups; none means all.")
    unit_types = param.ListSelector(default=[], doc="Unit types; none means all.")
    period = param.Range(default=(1, 1), doc="Campaign weeks, first and last, both included.")
    unit = param.String(default="", doc="The unit a unit's page is about; empty elsewhere.")
    matter = param.String(default="", doc="The matter a matter's page is about; empty elsewhere.")
    why = param.String(default="", doc="The indicator whose definition and rows are open; empty for none.")
    picks = param.Dict(default={}, doc="What is picked on a page beside the selection, by kind: see `address.PICKS`.")
    notices = param.List(default=[], doc="What a link asked for and did not get.")

    def __init__(self, data: Sources | Path | str | None = None, look: Look | None = None, **selection: Any) -> None:
        super().__init__()
        self.sources: Any = (
            Sources(Path(data or Settings.read().data)) if data is None or isinstance(data, str | Path) else data
        )
        self.look = look or Look()
        self._views: weakref.WeakSet[Any] = weakref.WeakSet()
        self._quiet = False
        self._frozen: Selection | None = None
        self._answers: Answers | None = None
        known_on = selection.pop("known_on", None)
        self.pinned: Source = self.sources.newest()
        self.source: Source = self._at(known_on)
        self._open(self.source)
        if selection:
            self.select(**selection)
        self.param.watch(self._end_period, "events_until", precedence=0)
        self.param.watch(self._follow_known_on, "known_on", precedence=0)
        self.param.watch(self._changed, [*SELECTED, "unit", "matter", "why", "picks", "notices"], precedence=1)

    # what is selected

    @property
    def selection(self) -> Selection:
        """The selection, frozen, with both clocks filled in. A unit's page asks past filters, a matter's past all."""
        chosen = self._chosen()
        if self.matter:
            return replace(chosen, groups=(), unit_types=(), period=None)
        return replace(chosen, groups=(), unit_types=()) if self.unit else chosen

    def _chosen(self) -> Selection:
        """The selection with the filters of a unit's page kept; worked out once per change."""
        if self._frozen is None:
            self._frozen = self._freeze()
        return self._frozen

    def _freeze(self) -> Selection:
        return Selection(
            known_on=self.known_on,
            events_until=self.events_until,
            groups=tuple(group for group in self.param.groups.objects if group in self.groups),
            unit_types=tuple(kind for kind in self.param.unit_types.objects if kind in self.unit_types),
            period=None if self._whole else self._weeks(),
        )

    def _weeks(self) -> tuple[int, int]:
        """The period, ending no later than the last day looked at."""
        last = self.source.extent.week_of(self.events_until)
        return min(self.period[0], last), min(self.period[1], last)

    @property
    def query(self) -> str:
        """The selection as the query part of an address."""
        chosen, newest = self._chosen(), self.sources.newest_on
        return address.write(chosen, newest=newest, unit=self.unit, matter=self.matter, picks=self.picks)

    def link(self, path: str, **more: str) -> str:
        """An address of another page that keeps the selection, but for the group when it names one."""
        rest = address.kept(self._chosen(), self.sources.newest_on, of_groups="group" not in more)
        query = "&".join(part for part in (urlencode(more), rest) if part)
        return f"{path}?{query}" if query else path

    @property
    def weeks(self) -> tuple[int, int]:
        """The campaign weeks looked at, first and last."""
        return self.selection.period or (1, self.source.extent.week_of(self.events_until))

    @property
    def stamp(self) -> str:
        """The selection in full, for machines: both clocks, groups, unit types, weeks, snapshot."""
        chosen = self.selection
        weeks = "-".join(str(week) for week in self.weeks)
        return (
            f"known_on={chosen.known_on};events_until={chosen.events_until};group={','.join(chosen.groups)};"
            f"type={','.join(chosen.unit_types)};weeks={weeks};snapshot={self.source.snapshot_id}"
        )

    def select(self, **values: Any) -> None:
        """Change several parts of the selection in one step; a SelectionError leaves everything as it was.

        What is not named stays, as far as the snapshot named by `known_on` has it.
        """
        known_on = values.pop("known_on", None)
        source = self.source if known_on is None else self._at(known_on)
        wanted = self._kept(source) | {
            name: tuple(value) if name in ("groups", "unit_types") else value for name, value in values.items()
        }
        if "period" not in values and wanted["period"] is not None:
            last = source.extent.week_of(wanted["events_until"] or source.known_on)
            wanted["period"] = tuple(min(week, last) for week in wanted["period"])
        Selection(known_on=source.known_on, **wanted).resolve(source)
        with self._at_once():
            if source is not self.source:
                self._open(source)
            self._offer(wanted["events_until"])
            self.param.update(
                groups=list(wanted["groups"]),
                unit_types=list(wanted["unit_types"]),
                period=wanted["period"] or self.param.period.bounds,
                events_until=wanted["events_until"] or self.known_on,
            )

    def _kept(self, source: Source) -> dict[str, Any]:
        """What of today's selection a snapshot can answer; None where the whole of it was selected."""
        extent = source.extent
        followed = self.events_until in (None, self.source.known_on) or self.events_until > source.known_on
        weeks = extent.week_of(source.known_on)
        return {
            "groups": tuple(group for group in self.groups if group in extent.groups),
            "unit_types": tuple(kind for kind in self.unit_types if kind in extent.unit_types),
            "events_until": None if followed else self.events_until,
            "period": None if self._whole else tuple(min(week, weeks) for week in self.period),
        }

    @property
    def _whole(self) -> bool:
        return self.param.period.bounds in (None, self.period)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Several changes, answered once at the end."""
        quiet, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = quiet
        self._changed()

    def follow(self, query: str) -> None:
        """Select what the query part of an address asks for; whatever is not there becomes a notice."""
        asked = address.read(query)
        source, said = self.pinned, []
        if asked.known_on not in (None, str(self.pinned.known_on)):
            source, said = self.sources.asked(asked.known_on)
        wanted, notices = address.hold(asked, source)
        with self._at_once():
            if source is not self.source:
                self._open(source)
            self._offer(wanted["events_until"])
            self.param.update(
                groups=wanted["groups"],
                unit_types=wanted["unit_types"],
                period=wanted["period"] or self.param.period.bounds,
                events_until=wanted["events_until"] or self.known_on,
                unit=wanted["unit"],
                matter=wanted["matter"],
                picks=wanted["picks"],
                notices=said + notices,
            )

    def switch(self) -> None:
        """Take the snapshot that is served now; the rest of the selection stays as far as it has it."""
        self.pinned = self.sources.newest()
        with self._at_once():
            self._open(self.pinned)

    def renew(self) -> None:
        """Show everything once more: something beside the selection has changed, for instance what is served."""
        patches = [(view, view.refresh()) for view in self._views]
        with pn.io.hold():
            for view, patch in patches:
                view.show(patch)

    # what is known about it

    @property
    def answers(self) -> Answers:
        """What is known of the selection and of the one before; the same object until either changes."""
        if (
            self._answers is None
            or self._answers.source is not self.source
            or self._answers.selection != self.selection
        ):
            self._answers = Answers(self.source, self.previous, self.selection)
        return self._answers

    def ask(self, name: str, *by: str, of: str | None = None) -> pl.DataFrame:
        """The indicator for the selection: one row per combination of `by`, as `queries.run` gives it."""
        return self.answers.ask(name, *by, of=of)

    def ask_before(self, name: str, *by: str, of: str | None = None) -> pl.DataFrame | None:
        """The same one snapshot earlier at an equal lag of events; None where there is nothing alike to compare."""
        return self.answers.ask_before(name, *by, of=of)

    def every_unit(self) -> pl.DataFrame:
        """All units of the snapshot, one row each with names, type and group."""
        return self._units

    def attach(self, view: Shown) -> None:
        """Let a view follow the selection for as long as it lives."""
        self._views.add(view)

    def hear(self, message: dict[str, Any]) -> None:
        """Do what a click in a view asks for."""
        if "query" in message:
            self.follow(str(message["query"]))
        elif "group" in message or "week" in message:
            self._point(message.get("group"), message.get("week"))
        elif message.get("unit_type") in self.param.unit_types.objects:
            self.unit_types = [] if self.unit_types == [message["unit_type"]] else [message["unit_type"]]
        elif "pick" in message:
            self._pick(message["pick"])
        elif "why" in message:
            self.why = str(message["why"])
        elif message.get("do") == "dismiss":
            self.notices = []
        elif message.get("do") == "switch":
            self.switch()

    # inside

    def _point(self, group: object, week: object) -> None:
        """Select the group and week pointed at; pointing at what is selected already selects all again."""
        wanted: dict[str, Any] = {}
        if group in self.param.groups.objects:
            wanted["groups"] = [group]
        first, last = self.param.period.bounds
        if type(week) is int and first <= week <= last:
            wanted["period"] = (week, week)
        if all(getattr(self, name) == value for name, value in wanted.items()):
            everything = {"groups": [], "period": self.param.period.bounds}
            wanted = {name: everything[name] for name in wanted}
        self.param.update(**wanted)

    def _pick(self, wanted: object) -> None:
        """Pick by kind; what is picked already is let go, and so is a kind that is named without a code."""
        asked = address.picked(wanted) if isinstance(wanted, dict) else {}
        if asked and isinstance(wanted, dict):
            same = all(self.picks.get(kind) == value for kind, value in asked.items())
            rest = {kind: value for kind, value in self.picks.items() if kind not in wanted}
            self.picks = rest if same else rest | asked

    def _open(self, source: Source) -> None:
        """Take another snapshot: its dimensions become the choices, what it lacks leaves the selection."""
        kept = self._kept(source)
        self.source = source
        self.previous: Source | None = self.sources.before(source)
        self._units = dimension("units", source)
        self.synthetic = self.sources.synthetic(source)
        self.campaign = source.table("campaign").row(0, named=True)
        self._frozen = None
        weeks = dimension("weeks", source)
        ends = [day for day in weeks["week_to"].to_list() if day < source.known_on]
        self.param.known_on.objects = self._labelled(snapshot.known_on for snapshot in self.sources.snapshots())
        self.param.events_until.objects = self._labelled([source.known_on, *ends])
        self.param.groups.objects = list(source.extent.groups)
        kinds = source.extent.unit_types
        self.param.unit_types.objects = {known(self.look.language, f"type.{kind}") or kind: kind for kind in kinds}
        self.param.period.bounds = (1, weeks.height)
        quiet, self._quiet = self._quiet, True
        self.param.update(
            known_on=source.known_on,
            events_until=kept["events_until"] or source.known_on,
            period=kept["period"] or (1, weeks.height),
            groups=list(kept["groups"]),
            unit_types=list(kept["unit_types"]),
        )
        self._quiet = quiet

    def _labelled(self, days: Iterable[date]) -> dict[str, date]:
        return labelled(days, self.source.launched_on, self.look.language)

    def _offer(self, until: date | None) -> None:
        """Make a day in the middle of a week a choice too, when it is asked for."""
        offered = list(self.param.events_until.objects)
        if until is not None and until not in offered:
            self.param.events_until.objects = self._labelled([*offered, until])

    def _end_period(self, _event: Any) -> None:
        """A period never ends later than the last day looked at."""
        if not self._whole and not self._quiet:
            with param.parameterized.discard_events(self):
                self.period = self._weeks()
            self.param.trigger("period")

    def _follow_known_on(self, event: Any) -> None:
        if event.new != self.source.known_on:
            self._open(self._at(event.new))
            self._changed()

    def _at(self, known_on: date | None) -> Source:
        """The snapshot known on that day, as this viewer sees it: the newest of all is the one pinned."""
        return self.pinned if known_on in (None, self.pinned.known_on) else self.sources.at(known_on)

    def _changed(self, *events: Any) -> None:
        self._frozen = None
        if self._quiet:
            return
        self.renew()


def one(frame: pl.DataFrame | None) -> dict[str, Any]:
    """The single row of an answer for all, as a dictionary; empty when there is none."""
    return {} if frame is None or frame.is_empty() else frame.row(0, named=True)
