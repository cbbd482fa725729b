"""The times of a log: days, or moments with a time of day, which are told apart and never mixed.

A day is written `2014-03-10` (also `2014/3/10`, `2014.3.10`, `2014年3月10日`). A moment has a time of day after it, and
perhaps an offset (`2014-03-10 18:00`, `2014-03-10T10:00:00Z`, `…+08:00`). Moments with an offset are brought into the
campaign's time zone; those without one are taken as that zone's own, and a column has the one sort or the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from data.exceptions import DataError

Kind: TypeAlias = Literal["day", "moment"]

WANTED: Final = "write a day as 2014-03-10, or a moment as 2014-03-10 18:00 or 2014-03-10T18:00:00+08:00"
MIXED: Final = (
    "other rows give {others}, this one {this}, so that nothing tells which came first: write all of them one way"
)

_FORM: Final = (
    r"^(?<year>(?:19|20|21)\d{2})(?:-(?<m1>\d{1,2})-(?<d1>\d{1,2})|/(?<m2>\d{1,2})/(?<d2>\d{1,2})"
    r"|\.(?<m3>\d{1,2})\.(?<d3>\d{1,2})|年(?<m4>\d{1,2})月(?<d4>\d{1,2})日)"
    r"(?:(?:T| +)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>[0-5]\d)(?:[.,](?<fraction>\d{1,9}))?)?"
    r" *(?<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_SAID: Final = {"day": "a day", "local": "a moment without an offset", "offset": "a moment with an offset"}


@dataclass(frozen=True)
class Times:
    """The times of a column: `at` in local time of the zone, midnight for a day; null where none can be read.

    `forms` says day, local (a moment without an offset) or offset for each.
    """

    at: pl.Series
    forms: pl.Series

    @property
    def kind(self) -> Kind:
        """What the column gives; days when it gives nothing."""
        return "day" if self.forms.drop_nulls().is_in(["day"]).all() else "moment"

    def unlike(self, *, may_mix_days: bool = False) -> tuple[int, str] | None:
        """The first row written in another way than the rows before it, and what is wrong; none when all are alike."""
        forms = self.forms.replace("day", None) if may_mix_days else self.forms
        others = forms.drop_nulls()
        if others.n_unique() <= 1:
            return None
        first = others[0]
        row = int((forms.is_not_null() & (forms != first)).arg_true()[0])
        return row, MIXED.format(others=_SAID[first], this=_SAID[forms[row]])


def check_zone(name: str) -> None:
    """DataError unless there is such a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DataError(f"There is no time zone {name!r}: give one such as Asia/Shanghai or UTC.") from error


def read_times(text: pl.Series, zone: str) -> Times:
    """The times in a column of trimmed text."""
    parts = text.to_frame("text").select(pl.col("text").str.extract_groups(_FORM)).unnest("text")
    month, day = (pl.coalesce(f"{part}{place}" for place in range(1, 5)).str.zfill(2) for part in ("m", "d"))
    clock = [pl.col(name).fill_null("00").str.zfill(2) for name in ("hour", "minute", "second")]
    fraction = pl.col("fraction").fill_null("0").str.slice(0, 6)
    written = pl.format("{}-{}-{} {}:{}:{}.{}", pl.col("year"), month, day, *clock, fraction)
    sign = pl.when(pl.col("offset").str.starts_with("-")).then(-1).otherwise(1)
    digits = pl.col("offset").str.replace_all(r"[^0-9]", "").str.pad_end(4, "0")
    minutes = sign * (digits.str.slice(0, 2).cast(pl.Int64) * 60 + digits.str.slice(2, 2).cast(pl.Int64))
    has_clock = pl.when(pl.col("hour").is_not_null()).then(pl.lit("local")).otherwise(pl.lit("day"))
    form = pl.when(pl.col("offset").is_not_null()).then(pl.lit("offset")).otherwise(has_clock)
    found = parts.select(
        wall=written.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us"),
        minutes=minutes,
        form=pl.when(pl.col("year").is_not_null()).then(form),
    ).with_columns(pl.when(pl.col("wall").is_not_null()).then("form").alias("form"))
    utc = (pl.col("wall") - pl.duration(minutes="minutes")).dt.replace_time_zone("UTC")
    local = utc.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    at = pl.when(pl.col("form") == "offset").then(local).otherwise(pl.col("wall"))
    return Times(found.select(at=at).to_series(), found["form"])
