"""Contrast of everything that is read, in both themes (WCAG 2.2: 4.5 for text, 3 for marks)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.theme import COLOURS, THEMES, Look, Theme, stylesheet, tokens

TEXT = ("ink", "muted", "accent", "good", "warn", "bad")
MARKS = ("accent", "ink", "bad", "whisker", "late")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", ["card", "page"])
@pytest.mark.parametrize("role", TEXT)
def test_text_can_be_read(theme: Theme, surface: str, role: str) -> None:
    assert contrast(COLOURS[theme][role], COLOURS[theme][surface]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", MARKS)
def test_marks_can_be_seen(theme: Theme, role: str) -> None:
    assert contrast(COLOURS[theme][role], COLOURS[theme]["card"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_filled_surfaces_can_be_read(theme: Theme) -> None:
    colours = COLOURS[theme]
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5, "an active chip"
    assert contrast(colours["accent"], colours["soft"]) >= 4.5, "the current page in the menu"
    assert contrast(colours["ink"], colours["soft"]) >= 4.5, "a number on its bar"
    assert contrast(colours["card"], colours["bad"]) >= 4.5, "the notice that the server is gone"


@pytest.mark.parametrize("theme", THEMES)
@given(share=st.floats(0, 1))
def test_a_number_on_a_coloured_cell_can_be_read(theme: Theme, share: float) -> None:
    look = Look("en", theme)
    assert contrast(look.ink_on(share), look.step(share)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_more_is_a_step_further_from_the_card(theme: Theme) -> None:
    steps = [contrast(step, COLOURS[theme]["card"]) for step in Look("en", theme).sequence]
    assert steps == sorted(steps)


def test_both_themes_know_the_same_roles() -> None:
    assert set(COLOURS["light"]) == set(COLOURS["dark"])


@pytest.mark.parametrize("theme", THEMES)
def test_a_style_sheet_is_complete_in_itself(theme: Theme) -> None:
    sheet = stylesheet(theme)
    assert tokens(theme) in sheet
    assert "http" not in sheet
    assert "@import" not in sheet
    used = {part.split(")")[0].strip() for part in sheet.split("var(--")[1:]}
    set_by_views = {"share", "low", "high"}
    assert used <= set(re.findall(r"--([a-z-]+):", sheet)) | set_by_views
