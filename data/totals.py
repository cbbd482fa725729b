"""Control totals: what two readers who share no code must find in a table, so that neither is believed alone.

The total of a column adds up, modulo 2^64, its values without the nulls: whole numbers as they are, days since 1970,
microseconds since 1970, flags as 0 and 1, measured numbers as the 64 bits they are stored in, texts by their length in
UTF-8 bytes, and lists by the lengths of the texts in them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import polars as pl

_MODULUS = 2**64
_LARGE = 8_000_000


@dataclass(frozen=True)
class Totals:
    """How many rows a table has, and of each column the number of nulls and the total of the values."""

    rows: int
    nulls: dict[str, int]
    totals: dict[str, int]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Self:
        """Counted by Polars."""
        return cls(
            frame.height,
            {column.name: column.null_count() for column in frame.iter_columns()},
            {column.name: _by_polars(column.drop_nulls()) for column in frame.iter_columns()},
        )

    @classmethod
    def by_arrow(cls, content: bytes) -> Self:
        """Counted by Arrow out of the bytes of a Parquet file; of a large one, one column at a time."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        file = pq.ParquetFile(io.BytesIO(content), page_checksum_verification=True)
        names = file.schema_arrow.names
        whole = file.read(use_threads=False) if len(content) < _LARGE else None
        nulls, totals = {}, {}
        for name in names:
            column = (whole or file.read(columns=[name], use_threads=False)).column(name)
            nulls[name] = column.null_count
            totals[name] = _by_arrow(column.drop_null(), pa)
        return cls(file.metadata.num_rows, nulls, totals)

    def differing(self, other: Totals) -> str:
        """The first thing in which another count differs, in words; nothing when they agree."""
        if self.rows != other.rows:
            return f"{self.rows} rows, not {other.rows}"
        for what, own, others in (("nulls", self.nulls, other.nulls), ("total", self.totals, other.totals)):
            for name in [*others, *own]:
                if own.get(name) != others.get(name):
                    return f"column {name}: {what} {own.get(name)}, not {others.get(name)}"
        return ""


def _by_polars(column: pl.Series) -> int:
    if isinstance(column.dtype, pl.List):
        column = column.explode().drop_nulls()
    if column.dtype == pl.String:
        return int(column.str.len_bytes().sum())
    if column.dtype == pl.Boolean:
        return int(column.sum())
    return _bits(column.to_physical().to_numpy())


def _by_arrow(column: Any, pa: Any) -> int:
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.list_flatten(column).drop_null()
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return int(pc.sum(pc.binary_length(column)).as_py() or 0)
    if pa.types.is_boolean(kind):
        return int(pc.sum(column).as_py() or 0)
    if pa.types.is_date32(kind):
        column = column.cast(pa.int32())
    elif pa.types.is_timestamp(kind):
        column = column.cast(pa.int64())
    return _bits(column.to_numpy())


def _bits(values: np.ndarray[Any, Any]) -> int:
    """The sum of whole numbers, or of the bits of measured ones."""
    whole = values.view(np.uint64) if values.dtype == np.float64 else values.astype(np.int64).view(np.uint64)
    return int(whole.sum(dtype=np.uint64)) % _MODULUS
