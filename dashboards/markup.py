"""The few shapes of HTML that views are made of. Arguments are markup already where they do not say text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboards.formats import NONE, esc


class Html(str):
    """Markup that a table takes as it is; any other text is escaped."""


Cell = str | Html | tuple[str, Any]
"""A cell of a table: text, markup, or what is shown with the raw value it is sorted and exported by."""


def click(message: Mapping[str, Any]) -> str:
    """The attribute that makes an element tell the store something when it is clicked."""
    return f'data-do="{esc(json.dumps(message))}"'


def submit(message: Mapping[str, Any]) -> str:
    """The attribute that makes a form tell its view something, with the fields, when it is sent off."""
    return f'data-submit="{esc(json.dumps(message))}"'


def card(title: str, finding: str, legend: str = "", links: str = "") -> str:
    """The head of a chart: what is shown, what is seen, how to read it."""
    head = f'<header class="head"><h2>{title}</h2><div class="acts">{links}</div></header>'
    return f'{head}<p class="finding">{finding}</p>' + (f'<p class="legend">{legend}</p>' if legend else "")


def key(marks: Iterable[tuple[str, str]], rest: str = "") -> str:
    """The key of a chart's colours: pairs of a colour and a text, then how to read the rest."""
    shown = "".join(f'<span class="key"><i style="background:{tone}"></i>{esc(text)}</span>' for tone, text in marks)
    return shown + (f'<span class="key">{rest}</span>' if rest else "")


def table(heads: str, lines: str) -> str:
    """A table that scrolls inside its card."""
    rows = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region">{rows}</div>'


def cells(
    heads: str,
    lines: str,
    marks: Mapping[str, tuple[str, str, str]],
    *,
    tell: Mapping[str, Any] | None = None,
    picked: tuple[str, str] | None = None,
    only: str = "",
) -> str:
    """A table whose rows carry their cells as one text, a letter each, laid out in the browser.

    A row is `<tr data-name=… data-cells="aab b">` with what stands before its cells; a blank is no cell. The heads of
    the cells have a data-name. `marks` has by letter a glyph, the role of its colour, and words. With `tell` a cell is
    a button that says it, "$row" and "$column" filled in; `picked` is the row and column of the pressed one. Where
    `only` names letters, the other cells stand back.
    """
    told = "" if tell is None else f' data-tell="{esc(json.dumps(tell))}"'
    pressed = "" if picked is None else f' data-picked="{esc(json.dumps(picked))}"'
    attributes = f'data-marks="{esc(json.dumps(marks))}"{told}{pressed} data-only="{esc(only)}"'
    rows = f"<table {attributes}><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<div class="scroll map" tabindex="0" role="region">{rows}</div>'


def grid(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table of texts, raw values and markup; every column sorts, numbers stand to the right."""
    lines, numeric = [], set()
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            if isinstance(cell, tuple):
                shown, raw = cell
                numeric.add(place)
                cells.append(f'<td class="number" data-key="{"" if raw is None else esc(raw)}">{esc(shown)}</td>')
            else:
                cells.append(f"<td>{cell if isinstance(cell, Html) else esc(cell) or NONE}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    number = ' class="number"'
    titles = "".join(
        f'<th scope="col" tabindex="0" data-sort="{place}"{number if place in numeric else ""}>{esc(head)}</th>'
        for place, head in enumerate(heads)
    )
    return table(titles, "".join(lines))
