"""What an installation is: its pins, its wheel, its names."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PACKAGES = ("data", "queries", "dashboards")
PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s@;]+)")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return normal(found[0])


@pytest.fixture(scope="module")
def project(checkout: Path) -> dict:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def pins(checkout: Path) -> dict[str, str]:
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").splitlines()
    matches = [PIN.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, matches, strict=True) if not match] == []
    return {normal(match[1]): match[2] for match in matches if match}


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in the wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (
        "import sys; from hatchling.builders.wheel import WheelBuilder;"
        "print(next(WheelBuilder(sys.argv[1]).build(directory=sys.argv[2])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", build, checkout, folder],
        capture_output=True,
        text=True,
        check=True,
    )
    with zipfile.ZipFile(done.stdout.strip()) as archive:
        return archive.namelist()


def test_pins_name_versions_and_no_address(checkout: Path, pins: dict[str, str]) -> None:
    text = (checkout / "constraints.txt").read_text(encoding="utf-8")
    assert pins
    assert "://" not in text
    assert "file:" not in text


def test_every_declared_dependency_is_pinned(project: dict, pins: dict[str, str]) -> None:
    declared = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    assert {requirement_name(one) for one in declared} - set(pins) == set()


def test_every_dependency_of_a_dependency_is_pinned(project: dict, pins: dict[str, str]) -> None:
    waiting = [Requirement(one) for one in project["dependencies"] + project["optional-dependencies"]["test"]]
    seen: dict[str, set[str]] = {}
    while waiting:
        wanted = waiting.pop()
        name = normal(wanted.name)
        if wanted.extras <= seen.get(name, set()) and name in seen:
            continue
        seen[name] = seen.get(name, set()) | wanted.extras
        waiting += [
            one
            for one in map(Requirement, requires(name) or [])
            if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in {"", *wanted.extras})
        ]
    assert set(seen) - set(pins) == set()


def test_runtime_dependencies_have_a_lower_and_an_upper_bound(project: dict) -> None:
    assert [one for one in project["dependencies"] if not (">=" in one and "<" in one)] == []


def _plain(distribution: str) -> str:
    return distribution.lower().replace("-", "_")


def test_every_import_is_declared(checkout: Path, project: dict) -> None:
    wanted = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    names = {requirement_name(one).replace("-", "_") for one in wanted}
    declared = {imported for imported, of in packages_distributions().items() if names & {_plain(one) for one in of}}
    imported = set()
    for package in PACKAGES:
        for path in (checkout / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {one.name.split(".")[0] for one in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    imported.add(node.module.split(".")[0])
    assert imported - set(sys.stdlib_module_names) - set(PACKAGES) - declared == set()


def test_the_three_package_names_belong_to_this_project_only() -> None:
    owners = packages_distributions()
    assert {owner for name in PACKAGES for owner in owners.get(name, [])} <= {"campaign-dashboards"}


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: list[str]) -> None:
    assert {name.split("/")[0] for name in wheel} == {*PACKAGES, "campaign_dashboards-0.1.0.dist-info"}


def test_the_wheel_holds_every_file_the_program_reads(checkout: Path, wheel: list[str]) -> None:
    needed = {
        path.relative_to(checkout).as_posix()
        for package in PACKAGES
        for path in (checkout / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert needed - set(wheel) == set()


def test_the_wheel_holds_no_data(wheel: list[str]) -> None:
    assert [name for name in wheel if name.endswith((".parquet", ".csv", ".xlsx", ".pyc"))] == []
