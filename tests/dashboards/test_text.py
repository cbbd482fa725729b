"""The message catalogues: the same keys and blanks in both languages, none missing, none left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from dashboards.text import CATALOGUES, known, say

ONE = ".one"
PARTS = re.compile(r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
CALLS = {"say", "known", "Notice"}
FAMILIES = {
    *("type", "purpose", "state", "fact", "reporter", "report", "column", "inspection"),
    *("plan", "theme", "peer", "order", "rule", "found", "verdict", "aspect", "flag"),
    *("category", "term", "step", "day_kind", "level", "element"),
    *("light", "slip", "source", "urgency"),
}
"""Families whose members are codes of the data; the tests of the views see that they are said."""


def blanks(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def keys_of(language: str) -> set[str]:
    return {
        key for key in CATALOGUES[language] if not (key.endswith(ONE) and key.removesuffix(ONE) in CATALOGUES["en"])
    }


def in_the_template(checkout: Path) -> set[str]:
    """The keys that the page around the views says."""
    return set(re.findall(r"say\('([\w.]+)'\)", (checkout / "dashboards/assets/page.html").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def literals(checkout: Path) -> set[str]:
    """Every string of the packages and assets that could be a key; f-strings with a star for each value."""
    found: set[str] = set()
    for path in (checkout / "dashboards").rglob("*.py"):
        if path.parent.name != "text":
            found |= set(_strings(ast.parse(path.read_text(encoding="utf-8"))))
    return found | in_the_template(checkout)


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)


def _covers(pattern: str, key: str) -> bool:
    return "*" in pattern and re.fullmatch(re.escape(pattern).replace(r"\*", ".+"), key) is not None


def test_no_key_is_given_twice(checkout: Path) -> None:
    given: list[str] = []
    for path in (checkout / "dashboards" / "text").glob("*.py"):
        tables = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Dict)]
        given += [key.value for table in tables for key in table.keys if isinstance(key, ast.Constant)]
    assert sorted(key for key in set(given) if given.count(key) > 1) == []


def test_both_languages_have_the_same_keys() -> None:
    assert keys_of("zh") == keys_of("en")


def test_both_languages_fill_the_same_blanks() -> None:
    en, zh = CATALOGUES["en"], CATALOGUES["zh"]
    assert {key for key in keys_of("en") if blanks(en[key]) != blanks(zh[key])} == set()


def test_the_singular_of_a_message_leaves_no_blank_unknown() -> None:
    for catalogue in CATALOGUES.values():
        for key, message in catalogue.items():
            if key.endswith(ONE) and key.removesuffix(ONE) in catalogue:
                assert blanks(message) <= blanks(catalogue[key.removesuffix(ONE)])


def test_no_message_is_empty_or_kept_in_the_other_language() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    own_names = {"switch.language", "switch.language.title"}
    for key in keys_of("en") - own_names:
        assert CATALOGUES["en"][key].strip()
        assert not chinese.search(CATALOGUES["en"][key]), key


def test_every_key_in_the_code_exists(checkout: Path) -> None:
    missing = []
    for path in (checkout / "dashboards").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            keys = [text for text in given if PARTS.match(text) and text not in CATALOGUES]
            if name in CALLS:
                missing += [(path.name, key) for key in keys if key not in CATALOGUES["en"]]
    said = in_the_template(checkout)
    assert said
    missing += [("page.html", key) for key in said if key not in CATALOGUES["en"]]
    assert missing == []


def test_every_key_made_of_parts_has_a_message(literals: set[str]) -> None:
    starts = {key.split(".")[0] for key in CATALOGUES["en"] if "." in key}
    shape = re.compile(r"[a-z_]+(\.([a-z_]+|\*))+")
    patterns = {one for one in literals if "*" in one and shape.fullmatch(one) and one.split(".")[0] in starts}
    without = [one for one in sorted(patterns) if not any(_covers(one, key) for key in keys_of("en"))]
    assert not without, without


def test_no_message_is_left_over(literals: set[str]) -> None:
    patterns = {one for one in literals if one.count("*") == 1 and len(one) > 2 and "." in one}

    def used(key: str) -> bool:
        if key in literals or key.split(".")[0] in FAMILIES:
            return True
        return any(_covers(one, key) for one in patterns)

    left_over = sorted(key for key in keys_of("en") if not used(key))
    assert not left_over, left_over


def test_one_is_said_in_the_singular() -> None:
    assert say("en", "units.say", n=1) != say("en", "units.say", n=2).replace("2", "1")
    assert say("zh", "units.say", n=1) == say("zh", "units.say", n=2).replace("2", "1")


def test_a_code_the_catalogue_does_not_know_is_none() -> None:
    assert known("en", "type.no_such_type") is None


def test_values_are_filled_in_as_text_and_never_read_as_a_pattern() -> None:
    assert say("en", "notice.group", value="{0}{value.__class__}").count("{0}{value.__class__}") == 1
