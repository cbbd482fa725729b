"""The marks of a term as an Excel workbook, with every point they rest on, the rows of evidence, and the rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from dashboards.text import known, say
from data.schemas import columns
from data.templates.cells import DAY, MOMENT, TEXT
from queries import Selection, Source
from queries.appraisal import PEERS, ranked
from queries.coursework import (
    appeals,
    evidences,
    points,
    reasonable_weights,
    rulebook_of,
    rules_of,
    term_marks,
    term_named,
)
from queries.statistics.weights import weight_stability

Report = Callable[[int, int, str], None]
Line = Sequence[Any]

MADE: Final = datetime(2014, 1, 1)
"""The same in every file, so that the same marks are the same bytes."""
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHEETS: Final = ("Marks", "Contributions", "Evidence", "Rules", "Appeals", "About")


@dataclass(frozen=True)
class Ledger:
    """What the workbook holds: per sheet the columns' names as pairs of languages, and the lines."""

    sheets: Mapping[str, tuple[Sequence[str], Sequence[Line]]]
    marked: int
    ranked: int
    rules_hash: str


def ledger(source: Source, selection: Selection, period_id: str, report: Report) -> Ledger:
    """Work out everything for a term; SelectionError names the known terms when there is none of that name."""
    report(0, len(SHEETS), "marks")
    own = term_named(term_marks(source, selection), period_id)
    exam = pl.when(pl.col("rankable")).then("exam_mark")
    schemes = own["scheme_id"].unique().sort().to_list()
    ranks = ranked(pl.concat([_stable(own.with_columns(tried=exam), scheme) for scheme in schemes]))
    report(1, len(SHEETS), "contributions")
    events = points(source, selection).filter(pl.col("period_id") == period_id)
    report(2, len(SHEETS), "evidence")
    rows = evidences(source, events.select("evidence_table", "evidence_key").unique().rows())
    report(3, len(SHEETS), "rules")
    frozen = [rules_of(source, period_id, scheme) for scheme in schemes]
    report(4, len(SHEETS), "appeals")
    appealed = appeals(source, selection).filter(pl.col("period_id") == period_id)
    sheets = {
        "Marks": _marks(ranks),
        "Contributions": _contributions(events),
        "Evidence": _evidence(rows),
        "Rules": _rules([each for _, each in frozen]),
        "Appeals": _appeals(appealed),
        "About": _about(source, selection, own, [each for each, _ in frozen]),
    }
    counted = own["coursework_mark"].drop_nulls().len()
    return Ledger(sheets, counted, ranks["rank"].drop_nulls().len(), " ".join(each.sha256 for each, _ in frozen))


def write_ledger(path: Path, made: Ledger) -> None:
    """Write the workbook: a header in both languages that stays in sight, real numbers and days, no formula."""
    made_of = BytesIO()
    with xlsxwriter.Workbook(made_of, OPTIONS) as book:
        book.set_properties({"created": MADE})
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"})
        forms = {name: book.add_format({"num_format": form}) for name, form in _FORMS.items()}
        for name, (heads, lines) in made.sheets.items():
            page = book.add_worksheet(name)
            page.set_row(0, 34)
            for at, title in enumerate(heads):
                page.write_string(0, at, title, head)
            for row, line in enumerate(lines, start=1):
                for at, value in enumerate(line):
                    _write(page, row, at, value, forms)
            _lay_out(page, heads, lines)
    path.write_bytes(made_of.getvalue())


_FORMS: Final = {"text": TEXT, "day": DAY, "moment": MOMENT, "number": "General"}


def _write(page: Any, row: int, at: int, value: Any, forms: Mapping[str, Any]) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(row, at, value)
        case datetime():
            page.write_datetime(row, at, value, forms["moment"])
        case date():
            page.write_datetime(row, at, value, forms["day"])
        case int() | float():
            page.write_number(row, at, value, forms["number"])
        case _:
            page.write_string(row, at, str(value), forms["text"])


def _lay_out(page: Any, heads: Sequence[str], lines: Sequence[Line]) -> None:
    for at, title in enumerate(heads):
        longest = max([len(str(line[at])) for line in lines[:200] if line[at] is not None], default=0)
        page.set_column(at, at, min(max(longest, *(len(part) for part in title.split("\n"))) + 3, 60))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _stable(own: pl.DataFrame, scheme: str) -> pl.DataFrame:
    low, high = reasonable_weights(scheme)
    rows = own.filter(pl.col("scheme_id") == scheme)
    return weight_stability(rows, "coursework_mark", "tried", low, high, PEERS).drop("tried", "count_ranked")


def _both(key: str) -> str:
    """A message in both languages, one under the other."""
    return f"{say('zh', key)}\n{say('en', key)}"


def _code(key: str, code: str) -> str:
    """A code in both languages; one that nobody knows as it is."""
    told = [text for text in (known("zh", f"{key}.{code}"), known("en", f"{key}.{code}")) if text]
    return " / ".join(told) or code


def _sheet(frame: pl.DataFrame, names: Sequence[str], codes: Mapping[str, str]) -> tuple[list[str], list[Line]]:
    """A frame as a sheet: the columns named, those of codes with what they are called."""
    lines: list[Line] = [
        [_code(codes[name], row[name]) if name in codes and row[name] is not None else row[name] for name in names]
        for row in frame.to_dicts()
    ]
    return [_both(f"book.{name}") for name in names], lines


def _marks(ranks: pl.DataFrame) -> tuple[list[str], list[Line]]:
    names = ["peer_class", "rank", "count_ranked", "unit_id", "unit_name_zh", "unit_name_en", "group_id", "base"]
    names += ["bonus_points", "deduction_points", "cut_points", "coursework_mark", "published_mark", "exam_mark"]
    names += ["coursework_weight", "combined_mark", "state", "rank_best", "rank_worst", "p_top_third"]
    names += ["count_events", "count_pending", "scheme_id"]
    ordered = ranks.sort("peer_class", "scheme_id", "rank", "unit_id", nulls_last=True)
    return _sheet(ordered, names, {"peer_class": "peer", "state": "book.state"})


def _contributions(events: pl.DataFrame) -> tuple[list[str], list[Line]]:
    names = ["unit_id", "unit_name_zh", "unit_name_en", "event_id", "occurred_on", "rule_code", "rule_name_zh"]
    names += ["rule_name_en", "points_lead", "is_support", "points", "cap", "counted", "state", "replaced_by"]
    names += ["appealed", "evidence_table", "evidence_key", "scheme_id"]
    return _sheet(events, names, {"state": "points.state", "appealed": "book.appealed"})


def _evidence(rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> tuple[list[str], list[Line]]:
    """One line per column of each row that is filled."""
    names = ["evidence_table", "evidence_key", "column", "column_zh", "column_en", "value"]
    lines: list[Line] = [
        [table, key, column.name, column.zh, column.en, _plain(row[column.name])]
        for (table, key), row in sorted(rows.items())
        for column in columns(table)
        if row[column.name] is not None
    ]
    return [_both(f"book.{name}") for name in names], lines


def _plain(value: Any) -> Any:
    return "|".join(map(str, value)) if isinstance(value, list) else value


def _rules(rules: Iterable[pl.DataFrame]) -> tuple[list[str], list[Line]]:
    names = ["scheme_id", "rule_code", "rule_name_zh", "rule_name_en", "category", "points_lead", "cap"]
    names += ["role_factor_support", "effective_from", "effective_to", "basis_ref"]
    frame = pl.concat(list(rules)).rename(
        {"name_zh": "rule_name_zh", "name_en": "rule_name_en", "points": "points_lead"}
    )
    return _sheet(frame.sort("scheme_id", "rule_code"), names, {"category": "points.category"})


def _appeals(appealed: pl.DataFrame) -> tuple[list[str], list[Line]]:
    names = ["unit_id", "unit_name_zh", "unit_name_en", "event_id", "occurred_on", "rule_code", "rule_name_zh"]
    names += ["rule_name_en", "points", "appealed", "mark_counted", "mark_struck", "coursework_mark"]
    return _sheet(appealed, names, {"appealed": "book.appealed"})


def _about(
    source: Source, selection: Selection, own: pl.DataFrame, rules: Sequence[Any]
) -> tuple[list[str], list[Line]]:
    campaign = source.table("campaign").row(0, named=True)
    first, resolved = own.row(0, named=True), selection.resolve(source)
    told: list[tuple[str, Any]] = [
        ("campaign", f"{campaign['name_zh']} / {campaign['name_en']}"),
        ("period_id", first["period_id"]),
        ("term_from", first["term_from"]),
        ("term_to", first["term_to"]),
        ("snapshot", source.snapshot_id),
        ("known_on", source.known_on),
        ("events_until", resolved.events_until),
    ]
    for each in rules:
        book, (low, high) = rulebook_of(each.scheme_id), reasonable_weights(each.scheme_id)
        told += [
            ("scheme_id", each.scheme_id),
            ("rules_hash", each.sha256),
            ("reasonable_weights", f"{low:.2f}-{high:.2f}"),
        ]
        if book is not None:
            same = book.frozen(each.period_id).sha256 == each.sha256
            told.append(("rule_file", _code("book.file", "same" if same else "other")))
        told += [("rules_text", line) for line in each.canonical.splitlines()]
    told += [("how", _code("book.told", key)) for key in ("mark", "combined", "third", "appeal", "persons")]
    names = ["entry", "value"]
    return [_both(f"book.{name}") for name in names], [
        [_both(f"book.{key}").replace("\n", " / "), value] for key, value in told
    ]
