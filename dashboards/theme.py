"""The look of everything: colours of both themes, the type scale, and how a drawn figure is dressed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Language = Literal["zh", "en"]
Theme = Literal["light", "dark"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
THEMES: tuple[Theme, ...] = ("light", "dark")

FONT = '"Segoe UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'

LIGHT = {
    "page": "#f5f7f9",
    "card": "#ffffff",
    "ink": "#17212b",
    "muted": "#56636f",
    "line": "#e1e6eb",
    "grid": "#e8ecf0",
    "accent": "#1f5fa8",
    "on-accent": "#ffffff",
    "soft": "#e6f0fa",
    "good": "#1b7a46",
    "warn": "#9a5200",
    "bad": "#b3261e",
    "bad-soft": "#efb5b0",
    "good-soft": "#b5d8c3",
    "band": "#c5ccd3",
    "whisker": "#66727e",
    "late": "#a05a10",
    "idle": "#d5dbe1",
}
DARK = {
    "page": "#0f151b",
    "card": "#182029",
    "ink": "#e7edf3",
    "muted": "#a3b0bc",
    "line": "#2b3642",
    "grid": "#26303a",
    "accent": "#74b3f5",
    "on-accent": "#0d1721",
    "soft": "#1d3249",
    "good": "#63cf92",
    "warn": "#eeaa4e",
    "bad": "#ff8f85",
    "bad-soft": "#6b302c",
    "good-soft": "#1f4d35",
    "band": "#3d4954",
    "whisker": "#a9b5c0",
    "late": "#dd9a4a",
    "idle": "#39434d",
}
COLOURS: Mapping[Theme, Mapping[str, str]] = MappingProxyType({"light": LIGHT, "dark": DARK})

SEQUENCE: Mapping[Theme, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#dbe7f4", "#bcd3ea", "#94b9de", "#6799cc", "#3a74b4", "#1f5fa8"),
        "dark": ("#22364c", "#2b4a6b", "#335b85", "#3c6d9d", "#5694cf", "#74b3f5"),
    }
)

SERIES: Mapping[Theme, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#1f5fa8", "#a05a10", "#00796b", "#7b4fa3", "#a8326e", "#56636f"),
        "dark": ("#74b3f5", "#dd9a4a", "#4fc7b0", "#b99be6", "#f08cc0", "#a3b0bc"),
    }
)
"""Kinds that have no order: told apart by people who do not see all colours, and always named beside the colour."""


@dataclass(frozen=True)
class Mark:
    """How a state is marked: a glyph that is told apart without colour, the role of its colour."""

    glyph: str
    tone: str


STATES: Mapping[str, Mark] = MappingProxyType(
    {
        "on_time": Mark("●", "accent"),
        "late": Mark("◐", "late"),
        "ahead": Mark("◉", "accent"),
        "in_progress": Mark("◔", "muted"),
        "not_done": Mark("○", "bad"),
        "not_reported": Mark("?", "bad"),
        "not_due": Mark("·", "muted"),
        "not_applicable": Mark("–", "muted"),
        "withheld": Mark("⊘", "warn"),
        "contradictory": Mark("≠", "warn"),
    }
)
"""What is known of a thing that was asked for. None of the kinds of nothing looks like another, or like a zero."""

LIGHTS: Mapping[str, Mark] = MappingProxyType(
    {
        "green": Mark("●", "good"),
        "blue": Mark("◆", "accent"),
        "amber": Mark("▲", "warn"),
        "red": Mark("■", "bad"),
        "grey": Mark("○", "muted"),
        "done_late": Mark("◧", "late"),
    }
)
"""The lights of a matter: each a shape of its own, so that none relies on its colour."""

ELEMENTS: Mapping[str, Mark] = MappingProxyType(
    {
        "kept": Mark("●", "good"),
        "altered": Mark("◐", "warn"),
        "dropped": Mark("○", "bad"),
        "not_restated": Mark("?", "muted"),
    }
)
"""What a level made of an element of a decision; silence is neither kept nor dropped."""


@dataclass(frozen=True)
class Look:
    """In which language and theme something is shown."""

    language: Language = "en"
    theme: Theme = "light"

    @property
    def colours(self) -> Mapping[str, str]:
        """Colour by role, for example `look.colours["accent"]`."""
        return COLOURS[self.theme]

    @property
    def sequence(self) -> tuple[str, ...]:
        """Six steps from little to much."""
        return SEQUENCE[self.theme]

    @property
    def series(self) -> tuple[str, ...]:
        """Six colours for kinds without an order."""
        return SERIES[self.theme]

    def step(self, share: float) -> str:
        """The colour of a share from 0 to 1 on the six steps."""
        steps = self.sequence
        return steps[min(int(share * len(steps)), len(steps) - 1)]

    def ink_on(self, share: float) -> str:
        """The colour of text that stands on `step(share)` with at least 4.5:1 contrast."""
        strong = min(int(share * len(self.sequence)), len(self.sequence) - 1) >= 4
        return self.colours["on-accent"] if strong else self.colours["ink"]


def tinted(colour: str, look: Look, strength: float = 0.28) -> str:
    """A pale sister of a colour on the theme's cards: what belongs to it and is still to come."""
    mixed = (
        round(strength * int(colour[at : at + 2], 16) + (1 - strength) * int(look.colours["card"][at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


@cache
def tokens(theme: Theme) -> str:
    """The theme's colours as CSS custom properties."""
    return (
        "".join(f"--{name}:{value};" for name, value in COLOURS[theme].items()) + f"--font:{FONT};color-scheme:{theme};"
    )


@cache
def stylesheet(theme: Theme, name: str = "views") -> str:
    """What every view (or the `filters`) is styled with, complete in itself: on a page and in a notebook."""
    css = (Path(__file__).parent / "assets" / f"{name}.css").read_text(encoding="utf-8")
    return f":host{{{tokens(theme)}}}\n{css}"


def dress(figure: Any, look: Look) -> None:
    """Give a drawn Bokeh figure the house's quiet look: light grid, no box, no ticks, our type."""
    colours = look.colours
    figure.update(
        background_fill_color=None,
        border_fill_color=None,
        outline_line_color=None,
        toolbar_location=None,
        min_border=0,
        sizing_mode="stretch_width",
    )
    for axis in figure.axis:
        axis.update(
            axis_line_color=None,
            major_tick_line_color=None,
            minor_tick_line_color=None,
            major_label_text_color=colours["muted"],
            major_label_text_font=FONT,
            major_label_text_font_size="12px",
            axis_label=None,
        )
    for grid in figure.grid:
        grid.update(grid_line_color=colours["grid"], minor_grid_line_color=None)
    for axis in [*figure.left, *figure.right]:
        axis.major_label_text_color = colours["ink"]
    for grid in figure.ygrid:
        grid.grid_line_color = None
