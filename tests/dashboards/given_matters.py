"""Two hand-made snapshots of one matter, the second with another wording and a lower target."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl
from standing_in import standing_for

from dashboards.store import Store
from dashboards.theme import Look
from data.schemas import columns, polars_schema
from queries import Source
from queries.restatements import changes, terms

FIRST, SECOND = date(2014, 3, 16), date(2014, 3, 23)
DECIDED = date(2014, 3, 12)
MATTER: dict[str, Any] = {
    **{"matter_id": "M1", "matter_no": "1", "title_zh": "修路 <b>", "lead_body_id": "B", "status": "assigned"},
    **{"source": "document", "matter_class": "other", "urgency": "ordinary", "extensions_n": 0, "three_mosts": False},
    **{"decided_on": DECIDED, "registered_on": DECIDED, "due_on_original": SECOND, "due_on": SECOND},
}
GOAL: dict[str, Any] = {
    **{"matter_id": "M1", "element_no": 1, "level": 0, "element_kind": "goal", "decided_value": 120.0},
    **{"unit_of_measure": "户", "state": "kept", "recorded_on": DECIDED},
}
BELOW = GOAL | {"level": 1, "state": "not_restated"}
BODY = {"body_id": "B", "level": 1, "name_zh": "县委督查室", "name_en": "Office", "body_kind": "party_office"}


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A table with these rows, what is not given empty or as a fact has it."""
    usual = {"reported_at": pl.Series([DECIDED]).cast(pl.Datetime("us"))[0], "revision": 1, "is_void": False}
    names = [column.name for column in columns(table)]
    return pl.DataFrame(
        [{name: row.get(name, usual.get(name)) for name in names} for row in rows], polars_schema(table)
    )


def store(language: Any) -> Store:
    """A viewer of the second snapshot, whose sources know both."""
    later, lowered = MATTER | {"title_zh": "修桥"}, GOAL | {"decided_value": 84.0}
    campaign = {
        "campaign_id": "C",
        "name_zh": "",
        "name_en": "",
        "launched_on": date(2014, 3, 10),
        "timezone": "Asia/Shanghai",
    }
    tables = {
        "campaign": [campaign],
        "supervision_groups": [{"group_id": "T1", "group_no": 1, "display_order": 1}],
        "bodies": [BODY],
        "matters": [later],
        "matter_elements": [lowered, BELOW | {"decided_value": 84.0}],
    }
    source = Source.from_frames({name: frame(name, rows) for name, rows in tables.items()}, SECOND)
    readings = [
        terms(frame("matters", [MATTER]), frame("matter_elements", [GOAL, BELOW]), FIRST),
        terms(frame("matters", [later]), frame("matter_elements", [lowered, BELOW]), SECOND),
    ]
    sources = SimpleNamespace(**vars(standing_for(source)) | {"changes": lambda _: changes(readings)})
    return Store(sources, Look(language, "light"))
