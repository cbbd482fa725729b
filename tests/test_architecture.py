"""The rules of the house: where things are, how large they are, who imports whom."""

import ast
import fnmatch
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("data", "queries", "dashboards")
TOP_LEVEL = {
    *PACKAGES,
    *("notebooks", "tests", "pyproject.toml", "README.md", "constraints.txt", "LICENSE", "CHANGELOG.md"),
    *(".ci", ".github", ".gitignore", ".git"),
}
PYTHON_LINES, PYTHON_MEDIAN, SQL_LINES = 350, 120, 80
TEST_FOLDERS_OF_THEIR_OWN = {"browser", "benchmarks", "faults"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "core", "manager", "base2", "engine2"}
SQL_LEADS = ("select ", "with ", "insert ", "update ", "delete ", "create ", "drop ", "copy ", "attach ")

VIOLATIONS = {
    "data imports queries": ("data/wrong.py", "import queries\n", "one way"),
    "queries imports dashboards": ("queries/wrong.py", "import dashboards.settings\n", "one way"),
    "data draws": ("data/wrong.py", "import bokeh\n", "only dashboards draws"),
    "queries draws": ("queries/wrong.py", "import holoviews\n", "only dashboards draws"),
    "data asks a database": ("data/wrong.py", "import duckdb\n", "only queries asks"),
    "dashboards asks a database": ("dashboards/pages/wrong.py", "import duckdb\n", "only queries asks"),
    "a view imports a page": ("dashboards/views/wrong.py", "import dashboards.pages\n", "inside dashboards"),
    "the store imports a view": ("dashboards/store.py", "import dashboards.views\n", "inside dashboards"),
    "settings import the store": ("dashboards/settings.py", "import dashboards.store\n", "inside dashboards"),
    "a page imports the server": ("dashboards/pages/wrong.py", "import dashboards.server\n", "inside dashboards"),
    "a view imports a view": (
        "dashboards/views/lineup/wrong.py",
        "import dashboards.views.visits.other_wrong\n",
        "views are independent",
    ),
}


def python_files(checkout: Path) -> Iterator[Path]:
    for package in (*PACKAGES, "tests"):
        yield from (checkout / package).rglob("*.py")


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=folder, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def skeleton(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and the contracts, in which a wrong import may be tried."""
    folder = tmp_path_factory.mktemp("skeleton")
    shutil.copy(checkout / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(checkout / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "dashboards/views/visits/other_wrong.py").write_text("")
    return folder


def test_nothing_else_stands_at_the_top(checkout: Path) -> None:
    ignored = [line.strip("/ ") for line in (checkout / ".gitignore").read_text().splitlines() if line.strip()]
    found = {path.name for path in checkout.iterdir()}
    found = {name for name in found if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert found - TOP_LEVEL == set()


def test_python_files_stay_small(checkout: Path) -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(checkout)}
    assert {str(path): count for path, count in lines.items() if count > PYTHON_LINES} == {}
    assert sorted(lines.values())[len(lines) // 2] <= PYTHON_MEDIAN


def test_sql_files_stay_small(checkout: Path) -> None:
    files = list((checkout / "queries" / "sql").rglob("*.sql"))
    assert files
    assert {str(path) for path in files if len(path.read_text(encoding="utf-8").splitlines()) > SQL_LINES} == set()


def test_no_module_has_a_name_without_a_concept(checkout: Path) -> None:
    assert {str(path) for path in python_files(checkout) if path.stem in FORBIDDEN_NAMES} == set()


def test_no_python_string_holds_sql(checkout: Path) -> None:
    found = []
    for package in PACKAGES:
        for path in (checkout / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
                if text.lstrip().lower().startswith(SQL_LEADS) and " from " in f" {text.lower()} ":
                    found.append(f"{path}:{node.lineno}")
    assert found == []


def test_sql_lives_in_queries_only(checkout: Path) -> None:
    tracked = [checkout / "data", checkout / "dashboards", checkout / "notebooks"]
    assert [path for folder in tracked for path in folder.rglob("*.sql")] == []


def test_the_folders_of_tests_mirror_the_packages(checkout: Path) -> None:
    tests = checkout / "tests"
    folders = {path.relative_to(tests) for path in tests.rglob("test_*.py") for path in [path.parent]} - {Path()}
    own = {folder for folder in folders if folder.parts[0] in TEST_FOLDERS_OF_THEIR_OWN}
    assert {str(folder) for folder in folders - own if not (checkout / folder).is_dir()} == set()


def test_tests_are_no_package(checkout: Path) -> None:
    assert list((checkout / "tests").rglob("__init__.py")) == []


def test_imports_run_one_way(skeleton: Path) -> None:
    done = lint_imports(skeleton)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("path", "line", "contract"), VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_a_wrong_import_is_seen(skeleton: Path, path: str, line: str, contract: str) -> None:
    wrong = skeleton / path
    before = wrong.read_bytes() if wrong.exists() else None
    wrong.write_bytes((before or b"") + f"\n{line}".encode())
    try:
        done = lint_imports(skeleton)
    finally:
        if before is None:
            wrong.unlink()
        else:
            wrong.write_bytes(before)
    assert done.returncode == 1, done.stdout
    broken = [row for row in done.stdout.splitlines() if " BROKEN" in row]
    assert any(contract in row for row in broken), broken


def test_every_module_of_dashboards_has_its_layer(checkout: Path) -> None:
    contracts = tomllib.loads((checkout / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    inside = next(one for one in contracts if one.get("containers") == ["dashboards"])
    placed = {part.strip(" ()") for layer in inside["layers"] for part in layer.replace("|", ":").split(":")}
    modules = {path.stem for path in (checkout / "dashboards").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert modules - placed - {"__init__", "__pycache__", "assets"} == set()
