"""The results of a run as a Markdown table and as JSON: medians, ratios to Dash, and the goals beside them."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from crowd import PAUSE_SECONDS, Crowd
from loads import Sample, Weight

BASE, RIVAL = "ours", ("dash", "dash-cube")


@dataclass
class Results:
    """Everything measured; `machine` says on what and how busy it was."""

    titles: dict[str, str]
    machine: dict[str, Any]
    samples: list[Sample] = field(default_factory=list)
    weights: dict[str, Weight] = field(default_factory=dict)
    crowds: dict[str, Crowd] = field(default_factory=dict)

    def as_json(self) -> str:
        """All samples."""
        return json.dumps(asdict(self), indent=1)


@dataclass(frozen=True)
class Line:
    """One line of the table: how to get a system's number, how to write it, the goal for ours / Dash."""

    label: str
    number: Callable[[Results, str], float | None]
    form: str = "{:,.0f}"
    goal: float | None = None


def quantile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile; None of nothing."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else None


def times(*kinds: str, share: float | None = None) -> Callable[[Results, str], float | None]:
    """Median (or another quantile) of a system's samples of these kinds."""

    def number(results: Results, system: str) -> float | None:
        chosen = [
            one.ms for one in results.samples if one.system == system and one.kind in kinds and one.ms is not None
        ]
        if share is not None:
            return quantile(chosen, share)
        return statistics.median(chosen) if chosen else None

    return number


def weight(name: str, divisor: int = 1) -> Callable[[Results, str], float | None]:
    """Something counted in the visit that is not timed."""
    return lambda results, system: (
        getattr(results.weights[system], name) / divisor if system in results.weights else None
    )


def crowd(number: Callable[[Crowd], float | None]) -> Callable[[Results, str], float | None]:
    """Something measured with many viewers."""
    return lambda results, system: number(results.crowds[system]) if system in results.crowds else None


def counted(test: Callable[[Sample], bool]) -> Callable[[Results, str], float | None]:
    """How many samples of a system are like that."""
    return lambda results, system: sum(test(one) for one in results.samples if one.system == system)


LINES = (
    Line("cold load to all painted, ms (median)", times("cold"), goal=0.7),
    Line("second load, ms (median)", times("reload"), goal=0.8),
    Line("first change of a session, ms (median)", times("first"), goal=0.45),
    Line("later changes, ms (p50)", times("later"), goal=0.45),
    Line("later changes, ms (p95)", times("later", share=0.95)),
    Line("all changes, ms (p50)", times("first", "later"), goal=0.45),
    Line("all changes, ms (p95)", times("first", "later", share=0.95)),
    Line("cold load, KB", weight("cold_bytes", 1000)),
    Line("cold load, requests", weight("cold_requests")),
    Line("second load, KB", weight("reload_bytes", 1000)),
    Line("a change, KB", weight("change_bytes", 1000), "{:,.1f}"),
    Line("many viewers, answer, ms (p50)", crowd(lambda one: quantile(one.milliseconds, 0.5)), "{:,.1f}"),
    Line("many viewers, answer, ms (p95)", crowd(lambda one: quantile(one.milliseconds, 0.95)), "{:,.1f}", 0.5),
    Line("many viewers, answer, ms (longest)", crowd(lambda one: quantile(one.milliseconds, 1)), "{:,.1f}"),
    Line("many viewers, changes answered", crowd(lambda one: len(one.milliseconds))),
    Line("many viewers, errors", crowd(lambda one: len(one.errors))),
    Line("many viewers, s to open all", crowd(lambda one: one.open_seconds), "{:,.1f}"),
    Line("server with one viewer, MB", crowd(lambda one: one.base_mb)),
    Line("memory per viewer, MB", crowd(lambda one: one.mb_per_viewer), "{:,.2f}"),
    Line("samples that failed", counted(lambda one: bool(one.error))),
    Line("samples painted again within 200 ms", counted(lambda one: one.late)),
)


def markdown(results: Results) -> str:
    """The table, what it was measured on, and how to read it."""
    systems = list(results.titles)
    rivals = [rival for rival in RIVAL if rival in systems and BASE in systems]
    heads = ["", *results.titles.values(), *(f"ours / {rival}" for rival in rivals), "goal (ours / dash)"]
    lines = [_row(heads), _row(["---"] + ["---:"] * (len(heads) - 1))]
    for line in LINES:
        numbers = {system: line.number(results, system) for system in systems}
        ratios = [_ratio(numbers[BASE], numbers[rival]) for rival in rivals]
        goal = f"≤ {line.goal:g} {_verdict(ratios, line.goal)}" if line.goal else ""
        cells = ["–" if number is None else line.form.format(number) for number in numbers.values()]
        lines.append(_row([line.label, *cells, *("–" if one is None else f"{one:.2f}" for one in ratios), goal]))
    return "\n".join([*_heading(results), "", *lines, "", *_failures(results)])


def _heading(results: Results) -> list[str]:
    machine: Mapping[str, Any] = results.machine
    viewers = next((one.viewers for one in results.crowds.values()), 0)
    return [
        "# Overview against its twins",
        "",
        *(f"- {name}: {value}" for name, value in machine.items()),
        f"- many viewers: {viewers} without a browser, each with a change every {PAUSE_SECONDS:g} s",
        "- all painted: from the press of the pointer (loads: from the navigation) to the last frame with a change "
        "before two quiet frames, with the expected numbers on the page; the quiet frames are not counted",
    ]


def _failures(results: Results) -> list[str]:
    failed = [f"- {one.system}, {one.kind}: {one.error}" for one in results.samples if one.error]
    failed += [f"- {one.system}, many viewers: {error}" for one in results.crowds.values() for error in one.errors[:3]]
    return ["Failed:", "", *failed, ""] if failed else []


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None


def _verdict(ratios: Sequence[float | None], goal: float) -> str:
    if not ratios or ratios[0] is None:
        return ""
    return "reached" if ratios[0] <= goal else "missed"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
