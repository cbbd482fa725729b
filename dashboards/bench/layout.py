"""The few pieces of markup that the bench shows in a cell: complete in themselves, static, every text escaped."""

import base64
from collections.abc import Iterable, Mapping, Sequence

from dashboards.formats import esc
from dashboards.theme import FONT, LIGHT

CELL = "padding:3px 10px;text-align:{side};border-bottom:1px solid " + LIGHT["line"]


def block(*parts: str) -> str:
    """Everything an object shows, on the light card of the house."""
    style = f"font-family:{esc(FONT)};background:{LIGHT['card']};color:{LIGHT['ink']};padding:12px;max-width:920px"
    return f'<div style="{style}">{"".join(parts)}</div>'


def heading(text: str, beside: str = "") -> str:
    """A heading, and what stands beside it in grey."""
    grey = f' <span style="color:{LIGHT["muted"]};font-weight:normal">{esc(beside)}</span>' if beside else ""
    return f'<h3 style="margin:0 0 4px;font-size:17px;color:{LIGHT["ink"]}">{esc(text)}{grey}</h3>'


def line(*texts: str) -> str:
    """Lines of grey text, one below the other."""
    said = "<br>".join(esc(text) for text in texts if text)
    return f'<p style="margin:0 0 8px;color:{LIGHT["muted"]};font-size:13px">{said}</p>' if said else ""


def listed(texts: Iterable[str]) -> str:
    """A list of sentences."""
    return (
        '<ul style="margin:4px 0 12px;font-size:13px">' + "".join(f"<li>{esc(text)}</li>" for text in texts) + "</ul>"
    )


def picture(svg: str, words: str) -> str:
    """A drawing carried inside the page, kept by every notebook whether it is trusted or not."""
    coded = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{esc(words)}" style="max-width:100%" src="data:image/svg+xml;base64,{coded}">'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[int] = ()) -> str:
    """A table of texts; the columns at the places in `numeric` stand to the right."""
    right = set(numeric)

    def cells(tag: str, texts: Sequence[str]) -> str:
        sides = ["right" if place in right else "left" for place in range(len(texts))]
        return "".join(
            f'<{tag} style="{CELL.format(side=side)}">{esc(text)}</{tag}>'
            for text, side in zip(texts, sides, strict=True)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    style = "border-collapse:collapse;font-size:13px;margin:4px 0"
    return f'<table style="{style}"><thead><tr>{cells("th", heads)}</tr></thead><tbody>{body}</tbody></table>'


def terms(words: Mapping[str, str], language: str) -> str:
    """What is told in one language, each by what it is called."""
    plain = "float:none;width:auto;display:block"
    told = "".join(
        f'<dt style="{plain};color:{LIGHT["muted"]}">{esc(label)}</dt>'
        f'<dd style="{plain};margin:0 0 6px">{esc(text)}</dd>'
        for label, text in words.items()
    )
    return f'<dl lang="{language}" style="margin:0;font-size:13px">{told}</dl>'


def aside(*parts: str) -> str:
    """Parts side by side where there is room."""
    cells = "".join(f'<td style="vertical-align:top;text-align:left;padding:0 20px 0 0">{part}</td>' for part in parts)
    return f'<table style="border-collapse:collapse"><tbody><tr>{cells}</tr></tbody></table>'


def folded(label: str, inner: str, *, is_open: bool = False) -> str:
    """A part that opens at a click."""
    state = " open" if is_open else ""
    return f'<details{state} style="margin:6px 0"><summary>{esc(label)}</summary>{inner}</details>'
