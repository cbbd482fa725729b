"""The bodies that decide, hand on and carry out: offices of city and county, the units, grass-roots stations."""

from __future__ import annotations

from typing import Final

from data.demo.groups import Unit, units
from data.demo.rows import Row

OFFICES: Final = (
    ("B-CITY-P", "party_office", "party", 0, "市委督查室", "City party supervision office"),
    ("B-CITY-G", "government_office", "government", 0, "市政府督查室", "City government supervision office"),
    ("B-PARTY", "party_office", "party", 1, "县委督查室", "County party supervision office"),
    ("B-GOV", "government_office", "government", 1, "县政府督查室", "County government supervision office"),
    ("B-CONGRESS", "peoples_congress", "congress", 1, "县人大常委会办公室", "County people's congress office"),
    (
        "B-CONSULT",
        "consultative_conference",
        "consultative",
        1,
        "县政协办公室",
        "County consultative conference office",
    ),
    ("B-CAMPAIGN", "campaign_office", "party", 1, "县活动办", "County campaign office"),
)
INSPECTING: Final = ("B-PARTY", "B-GOV", "B-CONGRESS", "B-CONSULT", "B-CAMPAIGN")
STATIONS: Final = 12
KINDS: Final = {"township": "township", "subdistrict": "township"}


def body_of(unit: Unit) -> str:
    """The body that a unit is when it carries out a matter."""
    return f"B-{unit.unit_id}"


def station(number: int) -> str:
    """A grass-roots station, counted round."""
    return f"B-G{number % STATIONS + 1:02d}"


def bodies() -> list[Row]:
    """Rows of the table bodies."""
    rows: list[Row] = [
        _body(body_id, kind, branch, level, None, name_zh, name_en)
        for body_id, kind, branch, level, name_zh, name_en in OFFICES
    ]
    rows += [
        _body(
            body_of(unit), KINDS.get(unit.unit_type, "department"), "other", 2, unit.unit_id, unit.name_zh, unit.name_en
        )
        for unit in units()
    ]
    townships = [unit for unit in units() if unit.unit_type == "township"]
    rows += [
        _body(
            station(number),
            "grassroots",
            "other",
            3,
            None,
            f"{townships[number].name_zh}便民服务站",
            f"{townships[number].name_en} service station",
        )
        for number in range(STATIONS)
    ]
    return rows


def _body(body_id: str, kind: str, branch: str, level: int, unit_id: str | None, name_zh: str, name_en: str) -> Row:
    return {
        "body_id": body_id,
        "body_kind": kind,
        "branch": branch,
        "level": level,
        "unit_id": unit_id,
        "name_zh": name_zh,
        "name_en": name_en,
    }
