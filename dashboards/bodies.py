"""Bodies that inspect: in which order they stand, and by which letter and colour each is told from the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.formats import esc
from dashboards.markup import Html
from dashboards.text import known
from dashboards.theme import Language, Look

KINDS = (
    *("party_office", "government_office", "campaign_office"),
    *("peoples_congress", "consultative_conference"),
    *("department", "county", "township", "grassroots"),
)
"""The order in which bodies stand: offices, partners, others; never by how much they inspect."""
TONES = {"party_office": 0, "government_office": 1, "campaign_office": 2}
PARTNERS = {"peoples_congress": 3, "consultative_conference": 4}
OTHERS = 5
PARTNER = "\u25c7"


@dataclass(frozen=True)
class Body:
    """A body as it is marked: a letter, a name, a colour, and whether it is a partner."""

    body_id: str
    letter: str
    name: str
    tone: str
    is_partner: bool

    def badge(self, look: Look, n: int | None = None) -> Html:
        """Its letter on its colour, framed for a partner, with a number beside it."""
        ink = self.tone if self.is_partner else look.colours["on-accent"]
        ground = look.colours["card"] if self.is_partner else self.tone
        told = "" if n is None else f"<b>{n}</b>"
        style = f"background:{ground};color:{ink};border-color:{self.tone}"
        return Html(
            f'<span class="body" title="{esc(self.name)}"><i style="{style}">{esc(self.letter)}</i>{told}</span>'
        )


def body_of(row: Mapping[str, Any], look: Look) -> Body:
    """The body of a row with body_id, body_kind, body_name_zh and _en, and is_partner."""
    language: Language = look.language
    kind = row["body_kind"] if row["body_kind"] in KINDS else ""
    letter = known(language, f"letter.{kind}") or known(language, "letter.other") or ""
    tone = look.series[TONES.get(kind, PARTNERS.get(kind, OTHERS))]
    name = row[f"body_name_{language}"] or row["body_id"]
    marked = f"{PARTNER}{letter}" if row["is_partner"] else letter
    return Body(row["body_id"], marked, name, tone, bool(row["is_partner"]))


def in_order(rows: Iterable[Mapping[str, Any]], look: Look) -> list[Body]:
    """The bodies among some rows, each once, in the order in which they stand."""
    place = {kind: at for at, kind in enumerate(KINDS)}
    found = {row["body_id"]: row for row in rows}
    ranked = sorted(found.values(), key=lambda row: (place.get(row["body_kind"], len(KINDS)), row["body_id"]))
    return [body_of(row, look) for row in ranked]


def badges(bodies: Iterable[Body], look: Look) -> str:
    """The key of some bodies: each letter with its name."""
    return "".join(f'<span class="badge">{body.badge(look)}{esc(body.name)}</span>' for body in bodies)
