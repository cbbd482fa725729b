"""Every SQL file is one SELECT in the subset that other engines understand, with exactly the values `run` can give."""

from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

import queries
from queries import catalog

ROOT = Path(queries.__file__).parent / "sql"
FILES = sorted(path for path in ROOT.glob("*/*.sql") if path.parent.name != "session")
VALUES = {"groups", "unit_types", "from_on", "to_on", "events_until", "known_on"}
GROUPING = {"dimensions", "cell_dimensions", "blank_dimensions", "is_activity", "with_empty", "weeks"}
ALLOWED = {
    "staging": set(),
    "dimensions": set(),
    "indicators": VALUES - {"groups", "unit_types"},
    "answers": VALUES | GROUPING,
    "states": VALUES,
    "clocks": VALUES | {"fact_kind", "action"},
}
BANNED_FUNCTIONS = {
    *(
        "approx_quantile",
        "any_value",
        "arbitrary",
        "date_sub",
        "dayofweek",
        "day_of_week",
        "epoch",
        "first",
        "histogram",
    ),
    *(
        "isodow",
        "kurtosis",
        "last",
        "log",
        "mode",
        "random",
        "reservoir_quantile",
        "round",
        "skewness",
        "uuid",
        "weekday",
    ),
    *("generate_series", "range", "len", "length", "read_parquet", "read_csv", "read_text", "glob"),
}


def problems(sql: str) -> list[str]:
    """Name everything that DuckDB accepts and another engine refuses or, worse, answers differently."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    found = []
    for join in tree.find_all(exp.Join):
        if (join.args.get("method") or "").upper() in ("ASOF", "POSITIONAL"):
            found.append("ASOF or POSITIONAL join")
    for select in tree.find_all(exp.Select):
        if select.args.get("qualify"):
            found.append("QUALIFY")
    for star in tree.find_all(exp.Star):
        if star.args.get("except_") and star.args.get("replace"):
            found.append("EXCLUDE with REPLACE")
    found += ["WITHIN GROUP" for _ in tree.find_all(exp.WithinGroup)]
    found += ["PIVOT" for _ in tree.find_all(exp.Pivot)]
    found += ["UNION BY NAME" for union in tree.find_all(exp.SetOperation) if union.args.get("by_name")]
    for gap in tree.find_all(exp.Sub):
        if is_date(gap.left) and is_date(gap.right):
            found.append(f"date - date: {gap.sql()}")
    for month in tree.find_all(exp.Interval):
        if "MONTH" in month.sql().upper() or "YEAR" in month.sql().upper():
            found.append(f"month arithmetic: {month.sql()}")
    for listed in tree.find_all(exp.ArrayAgg):
        if isinstance(listed.this, exp.Order):
            found.append("ordered list()")
    for division in tree.find_all(exp.Div):
        if not isinstance(division.right, exp.Literal | exp.Case) and not isinstance(division.right, exp.Nullif):
            found.append(f"unguarded division by {division.right.sql()}")
    for literal in tree.find_all(exp.Literal):
        if literal.is_number and "." in literal.this and isinstance(literal.parent, exp.Mul | exp.Div | exp.Mod):
            found.append(f"decimal literal {literal.this} in arithmetic")
    for cast in tree.find_all(exp.Cast):
        fractional = isinstance(cast.this, exp.Div | exp.Mul | exp.Median)
        if fractional and cast.to.this in (exp.DataType.Type.INT, exp.DataType.Type.BIGINT):
            found.append(f"CAST of a fraction to a whole number: {cast.sql()}")
    for function in tree.find_all(exp.Func):
        name = (function.name if isinstance(function, exp.Anonymous) else function.sql_name()).lower()
        if name in BANNED_FUNCTIONS:
            found.append(f"function {name}")
        if name == "grouping" and len(function.expressions) > 1:
            found.append("GROUPING of several columns")
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or "." in table.name or "/" in table.name:
            found.append(f"not a plain table: {table.sql()}")
    return found


def is_date(side: exp.Expr) -> bool:
    """By the house's names, a day ends in _on, _from, _to or _until."""
    column = side.this if isinstance(side, exp.Cast) else side
    return isinstance(column, exp.Column) and column.name.endswith(("_on", "_from", "_to", "_until", "_at"))


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_is_one_short_portable_select(path: Path) -> None:
    sql = body(path)
    assert len(sql.splitlines()) <= 80
    with duckdb.connect() as connection:
        (statement,) = connection.extract_statements(sql)
    assert statement.type == duckdb.StatementType.SELECT
    assert set(statement.named_parameters) == catalog.parameters(sql) <= ALLOWED[path.parent.name]
    assert problems(sql) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select * from visits asof join units using (unit_id)",
        "select * from visits qualify row_number() over () = 1",
        "pivot visits on mode",
        "select due_on - done_on from visits",
        "select list(mode order by visited_on) from visits",
        "select a / b from visits",
        "select 100.0 * a from visits",
        "select round(a) from visits",
        "select unnest(generate_series(1, 3))",
        "select * from generate_series(1, 3)",
        "select len(applies_to) from action_catalogue",
        "select grouping(a, b) from visits group by cube (a, b)",
        "select dayofweek(visited_on) from visits",
        "select log(a) from visits",
        "select cast(a / nullif(b, 0) as integer) from visits",
        "select visited_on - interval 1 month from visits",
        "select 1 as a union all by name select 2 as a",
        "select * from 'visits.parquet'",
        "select * from read_parquet('visits.parquet')",
        "select percentile_cont(0.9) within group (order by a) from visits",
    ],
)
def test_the_lint_finds_what_is_not_portable(sql: str) -> None:
    assert problems(sql) != []


def test_only_a_session_is_set_up_by_what_is_not_a_select() -> None:
    others = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.sql")} - {
        path.relative_to(ROOT).as_posix() for path in FILES
    }
    assert others == {f"session/{name}.sql" for name in ("open", "use", "pack", "lock")}
