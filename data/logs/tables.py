"""The tables of a snapshot made of a log: its cases as matters, its holders as bodies, and a calendar of its days.

What a log does not say stands as the plainest value of the list: source `document`, class `other`, urgency `ordinary`,
no one of the "three mosts", no progress, no elements, no results. The first body of a case leads it, its others support
it. A step is reported at the time it happened. Days off work are Saturdays and Sundays, for no log has the holidays.

A step's level is left to the body that receives the case: a county's own matters go down one level at a time (V27), a
case of another system may go as it likes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from data.intake import Places
from data.logs.reading import Log
from data.logs.steps import ordered, steps_of
from data.rules.forms import LONGEST_TEXT
from data.schemas import polars_schema
from data.schemas.matters import NO_DUE_DAY

IMPORTED: Final = "log"
"""The `campaign_id` that marks an outside log."""
NO_HOLDER: Final = ("未注明", "not named in the log")
ONE_LEVEL: Final = 2
"""Where every body stands when the log has no levels."""
LEVEL_NAMES: Final = (
    ("市级", "City level"),
    ("县级", "County level"),
    ("单位级", "Unit level"),
    ("基层", "Grass roots"),
)
_UNNAMED: Final = "B-0000000000"


@dataclass(frozen=True)
class Convention:
    """How days and holders of a log are counted, said once in both languages."""

    name_zh: str
    name_en: str


def tables_of(
    log: Log, types: dict[str, str], allowed_days: int, zone: str, known_on: date, named: Convention
) -> tuple[dict[str, pl.DataFrame], dict[str, Places]]:
    """The tables that hold something, and where the rows of matters and their steps stood in the file."""
    rows, bodies = _with_bodies(ordered(log.rows), has_holders=bool(log.rows["holder"].count()))
    steps = steps_of(rows.with_columns(step=pl.col("activity").replace_strict(types, return_dtype=pl.String)))
    cases = _cases(rows, steps)
    events = steps.filter(pl.col("event_type") != "cancelled")
    tables = {
        "campaign": _one(_campaign(cases, zone, named), "campaign"),
        "work_calendar": _calendar(cases, known_on),
        "bodies": bodies,
        "matters": _matters(cases),
        "matter_bodies": _taking_part(cases, events),
        "matter_events": _events(events, log.file, allowed_days),
    }
    places = {"matters": Places(log.file, cases["row"]), "matter_events": Places(log.file, events["row"])}
    return tables, places


def _with_bodies(rows: pl.DataFrame, *, has_holders: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with the code of the body that each names, and the bodies."""
    if has_holders:
        who = rows.select("holder", pl.col("level").fill_null(ONE_LEVEL)).filter(pl.col("holder").is_not_null())
        level = pl.col("level").fill_null(ONE_LEVEL)
        body = pl.when(pl.col("holder").is_not_null()).then(pl.struct("holder", level))
    else:
        who = rows.select("holder", "level").filter(pl.col("level").is_not_null())
        body = pl.when(pl.col("level").is_not_null()).then(pl.struct("holder", "level"))
    told = [
        {"body": {"holder": holder, "level": level}, **_body(holder, level)} for holder, level in who.unique().rows()
    ]
    codes = pl.DataFrame(
        [{"body": one["body"], "body_id": one["body_id"]} for one in told],
        {"body": pl.Struct({"holder": pl.String, "level": pl.Int32}), "body_id": pl.String},
    )
    found = rows.with_columns(body=body).join(codes, on="body", how="left", maintain_order="left")
    is_first = pl.int_range(pl.len()).over("case") == 0
    found = found.with_columns(
        body=pl.when(is_first & pl.col("body_id").is_null()).then(pl.lit(_UNNAMED)).otherwise("body_id")
    ).drop("body_id")
    bodies = [{name: value for name, value in one.items() if name != "body"} for one in told]
    if (found["body"] == _UNNAMED).any():
        bodies.append(_row_of_body(_UNNAMED, ONE_LEVEL, *NO_HOLDER))
    return found, _one(bodies, "bodies")


def _body(holder: str | None, level: int) -> dict[str, Any]:
    hashed = hashlib.sha256(f"{level} {holder or ''}".encode()).hexdigest()
    return _row_of_body(f"B-{hashed[:10]}", level, *((holder, holder) if holder else LEVEL_NAMES[level]))


def _row_of_body(code: str, level: int, name_zh: str, name_en: str) -> dict[str, Any]:
    kind = "grassroots" if level == 3 else "department"
    return {
        "body_id": code,
        "body_kind": kind,
        "branch": "other",
        "level": level,
        "unit_id": None,
        "name_zh": name_zh,
        "name_en": name_en,
    }


def _cases(rows: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """One row per case: its first row, its days, how it stands, and the versions its row in a register would have."""
    day, due = pl.col("at").dt.date(), pl.col("due").drop_nulls()
    of_rows = rows.group_by("case", maintain_order=True).agg(
        pl.col("row").first(),
        began_on=day.first(),
        first_at=pl.col("at").first(),
        last_at=pl.col("at").last(),
        versions=pl.len().cast(pl.Int32),
        due_first=due.first(),
        due_last=due.last(),
        due_changes=(due != due.shift(1)).sum().cast(pl.Int32),
    )
    kind, at = pl.col("event_type"), pl.col("at")
    of_steps = steps.group_by("case").agg(
        lead=pl.col("to_body").first(),
        ended_at=at.filter(kind == "closed").last(),
        last_turn=kind.filter(kind.is_in(["closed", "reopened", "cancelled"])).last(),
        cancelled_at=at.filter(kind == "cancelled").last(),
        last_act=kind.filter(kind.is_in(["started", "feedback", "claimed_done", "verified", "signed_for"])).last(),
        handed=kind.filter(kind != "registered").is_in(["assigned", "forwarded"]).any(),
    )
    last = pl.col("last_act")
    status = (
        pl.when(pl.col("last_turn") == "cancelled")
        .then(pl.lit("cancelled"))
        .when(pl.col("last_turn") == "closed")
        .then(pl.lit("closed"))
        .when(last.is_in(["claimed_done", "verified"]))
        .then(pl.lit("claimed_done"))
        .when(last.is_not_null())
        .then(pl.lit("in_progress"))
        .when("handed")
        .then(pl.lit("assigned"))
        .otherwise(pl.lit("registered"))
    )
    return of_rows.join(of_steps, on="case", how="left", maintain_order="left").with_columns(status=status)


def _matters(cases: pl.DataFrame) -> pl.DataFrame:
    is_closed = pl.col("status") == "closed"
    first = pl.col("due_first").fill_null(NO_DUE_DAY)
    return _shaped(
        cases.select(
            matter_id="case",
            matter_no="case",
            title_zh="case",
            source=pl.lit("document"),
            matter_class=pl.lit("other"),
            three_mosts=pl.lit(False),
            urgency=pl.lit("ordinary"),
            decided_on="began_on",
            registered_on="began_on",
            due_on_original=first,
            due_on=pl.max_horizontal(first, pl.col("due_last").fill_null(NO_DUE_DAY)),
            extensions_n="due_changes",
            lead_body_id="lead",
            status="status",
            closed_on=pl.when(is_closed).then(pl.col("ended_at").dt.date()),
            reported_at=pl.when(pl.col("status") == "cancelled").then("cancelled_at").otherwise("last_at"),
            revision=pl.col("versions"),
        ),
        "matters",
    )


def _taking_part(cases: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    took = events.filter(pl.col("to_body").is_not_null()).group_by("case", "to_body", maintain_order=True)
    return _shaped(
        took.agg(reported_at=pl.col("at").first())
        .join(cases.select("case", "lead"), on="case")
        .select(
            matter_id="case",
            body_id="to_body",
            role=pl.when(pl.col("to_body") == pl.col("lead")).then(pl.lit("lead")).otherwise(pl.lit("support")),
            reported_at="reported_at",
            revision=pl.lit(1, pl.Int32),
        ),
        "matter_bodies",
    )


def _events(events: pl.DataFrame, file: str, allowed_days: int) -> pl.DataFrame:
    is_handing = pl.col("to_body").is_not_null()
    source = pl.format("{} row {}: {}", pl.lit(file), pl.col("row"), pl.col("activity"))
    return _shaped(
        events.select(
            matter_id="case",
            event_no="step_no",
            event_type="event_type",
            happened_on=pl.col("at").dt.date(),
            from_body_id="from_body",
            to_body_id="to_body",
            allowed_days=pl.when(is_handing).then(pl.lit(allowed_days, pl.Int32)),
            allowed_kind=pl.when(is_handing).then(pl.lit("calendar")),
            reported_at="at",
            revision=pl.lit(1, pl.Int32),
            source_ref=source.str.slice(0, LONGEST_TEXT),
        ),
        "matter_events",
    )


def _campaign(cases: pl.DataFrame, zone: str, named: Convention) -> list[dict[str, Any]]:
    began = cases["began_on"].min()
    assert isinstance(began, date)
    return [
        {
            "campaign_id": IMPORTED,
            "name_zh": named.name_zh,
            "name_en": named.name_en,
            "launched_on": began - timedelta(days=began.weekday()),
            "planned_end_on": None,
            "timezone": zone,
            "week_start": "mon",
            "report_weekday": 1,
            "report_hour": 12,
        }
    ]


def _calendar(cases: pl.DataFrame, known_on: date) -> pl.DataFrame:
    began = cases["began_on"].min()
    assert isinstance(began, date)
    first = began - timedelta(days=began.weekday())
    last = max([known_on, *cases.select("due_first", "due_last").unpivot()["value"].drop_nulls()])
    days = pl.date_range(first, last, eager=True).alias("day").to_frame()
    week = (pl.col("day") - pl.lit(first)).dt.total_days() // 7 + 1
    return _shaped(days.with_columns(is_workday=pl.col("day").dt.weekday() <= 5, week_no=week), "work_calendar")


def _one(rows: list[dict[str, Any]], table: str) -> pl.DataFrame:
    return pl.DataFrame(rows, polars_schema(table))


def _shaped(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with the table's columns, types and order; what it does not have is empty, and nothing is withdrawn."""
    schema = polars_schema(table)
    filled = frame.with_columns(pl.lit(False).alias("is_void")) if "is_void" in schema else frame
    return filled.select(
        (pl.col(name) if name in filled.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
