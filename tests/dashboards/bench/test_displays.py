"""What shows itself in a cell is complete in itself: small, in both languages, every text escaped, no address."""

import base64
import re
from collections.abc import Callable

import pytest

from dashboards import compare
from dashboards.bench import Snapshots, layout
from queries import Source

SHOWN: dict[str, Callable[[Snapshots], object]] = {
    "figures by group": lambda data: data.indicators.on_time_rate(by="group"),
    "figures by week": lambda data: data.indicators.visits_per_unit(by="week"),
    "figures by group and week": lambda data: data.indicators.visits_per_unit(by=["group", "week"]),
    "figures by unit": lambda data: data.indicators.on_time_rate(by="unit"),
    "definition": lambda data: data.indicators.on_time_rate(by="group").why(),
    "catalogue": lambda data: data.indicators,
    "entry": lambda data: data.indicators.drift,
    "snapshot": lambda data: data[-1],
    "snapshots": lambda data: data,
    "comparison": lambda data: compare(data[-2], data[-1]),
}
KIB = 1024
by_kind = pytest.mark.parametrize("made", SHOWN.values(), ids=SHOWN.keys())


def html(shown: object) -> str:
    return str(shown._repr_html_())  # type: ignore[attr-defined]


def pictures(markup: str) -> str:
    coded = re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", markup)
    return "".join(base64.b64decode(one).decode() for one in coded)


@by_kind
def test_nothing_shown_asks_another_host(opened: Snapshots, made: Callable[[Snapshots], object]) -> None:
    markup = html(made(opened))
    drawn = pictures(markup).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"//|@import|url\(|<script|<link|<iframe", re.sub(r"base64,[\w+/=]+", "", markup) + drawn)
    assert len(markup) < 96 * KIB


@by_kind
def test_what_is_shown_has_both_languages(opened: Snapshots, made: Callable[[Snapshots], object]) -> None:
    markup = html(made(opened))
    assert re.search("[\u4e00-\u9fff]{2}", markup)
    assert re.search("[A-Za-z]{4}", re.sub(r"<[^>]*>", "", markup))


@by_kind
def test_everything_is_readable_as_plain_text_too(opened: Snapshots, made: Callable[[Snapshots], object]) -> None:
    assert len(repr(made(opened)).strip()) > 20
    assert " object at 0x" not in repr(made(opened))


def test_figures_show_chart_table_and_definition(opened: Snapshots) -> None:
    figures = opened.indicators.on_time_rate(by="group")
    markup = html(figures)
    assert "<svg" in pictures(markup)
    for row in figures.frame.to_dicts():
        assert f">{row['numerator']}</td>" in markup
    for text in (figures.definition.denominator_en, figures.definition.denominator_zh, figures.snapshot_id):
        assert text in markup


def test_the_definition_tells_the_total_the_exclusions_and_the_selection(opened: Snapshots) -> None:
    why = opened.indicator("on_time_rate", "group", groups=["T1", "T2"], period=(1, 20)).why()
    one = opened.indicator("on_time_rate", groups=["T1", "T2"], period=(1, 20)).frame.row(0, named=True)
    assert why.total == one
    assert why.snapshot_id == opened.newest.id
    assert "-- denominator_en:" in why.sql
    for language in ("en", "zh"):
        told = " ".join(why.words[language].values())
        assert getattr(why.indicator, f"missing_{language}") in told
        assert f"{one['numerator']}" in told
        assert "T1" in told
        assert told in " ".join(repr(why).split(": ")) or why.sql in repr(why)


def test_a_language_set_comes_first(demo_data: object, opened: Snapshots) -> None:
    figures = opened.indicators.on_time_rate(by="group")
    english = html(figures)
    figures.language = "zh"
    chinese = html(figures)
    assert english.index("Group 督导组")
    assert chinese.index("督导组 Group")


HOSTILE = '<img src=x onerror="alert(1)">&"'


def test_every_text_is_escaped() -> None:
    made = [
        layout.heading(HOSTILE, HOSTILE),
        layout.line(HOSTILE),
        layout.listed([HOSTILE]),
        layout.table([HOSTILE], [[HOSTILE]]),
        layout.terms({HOSTILE: HOSTILE}, "en"),
        layout.folded(HOSTILE, ""),
        layout.picture("", HOSTILE),
    ]
    assert all("<img src=x" not in each and "&lt;img src=x" in each for each in made)


def test_a_hostile_name_of_a_unit_is_text_in_picture_and_table(
    opened: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboards.bench import words

    def named(_: str, source: Source) -> object:
        frame = source.table("units").select("unit_id")
        return frame.with_columns(name_zh=words.pl.lit(HOSTILE), name_en=words.pl.lit(HOSTILE))

    monkeypatch.setattr(words, "dimension", named)
    markup = html(opened.indicators.on_time_rate(by="unit"))
    assert "&lt;img src=x" in markup
    assert "<img src=x" not in markup + pictures(markup)
