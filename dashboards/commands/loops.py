"""The plain loop of an indicator, copied under another name into a test module of its own."""

import ast
from pathlib import Path

from queries.exceptions import CatalogError

Definition = ast.FunctionDef | ast.ClassDef


def loop_of(oracles: Path, like: str, name: str) -> str:
    """The module of a loop that counts `name` as the oracles count `like`; CatalogError when no loop counts that."""
    for path in sorted(oracles.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and _answers(node) == like:
                return _module(tree, node, text, path.stem, name)
    raise CatalogError(f"{oracles}: no loop answers {like}")


def _answers(node: ast.FunctionDef) -> str | None:
    """What the decorator @answers("…") names."""
    for each in node.decorator_list:
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "answers":
            return str(ast.literal_eval(each.args[0]))
    return None


def _module(tree: ast.Module, node: ast.FunctionDef, text: str, module: str, name: str) -> str:
    used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    lines = text.splitlines()[node.decorator_list[0].lineno - 1 : node.end_lineno]
    lines[0] = lines[0].replace(f'"{_answers(node)}"', f'"{name}"', 1)
    head = node.lineno - node.decorator_list[0].lineno
    lines[head] = lines[head].replace(f"def {node.name}(", f"def {name}(", 1)
    outside: list[str] = []
    oracles: list[str] = []
    for each in tree.body:
        if isinstance(each, ast.ImportFrom) and each.module != "__future__":
            names = sorted((alias.name for alias in each.names if alias.name in used), key=_habit)
            if names:
                line = f"from {each.module} import {', '.join(names)}"
                (oracles if (each.module or "").startswith("oracles") else outside).append(line)
        elif isinstance(each, ast.Import):
            outside += [f"import {alias.name}" for alias in each.names if alias.name in used]
    own = sorted((each for each in _defined(tree) if each in used and each != node.name), key=_habit)
    oracles += [f"from oracles.{module} import {', '.join(own)}"] if own else []
    heads = ["from __future__ import annotations", "\n".join(sorted(outside)), "\n".join(sorted(oracles))]
    said = "Count here what its SQL is to count, from the words of its header."
    about = f'"""{name}, begun as {_answers(node)}.\n\n{said}\n"""'
    return "\n\n".join([about, *filter(None, heads)]) + "\n\n\n" + "\n".join(lines) + "\n"


def _habit(name: str) -> tuple[bool, bool, str]:
    """Constants, classes, functions: the order that the house's imports have."""
    return not name.isupper(), not name[:1].isupper(), name


def _defined(tree: ast.Module) -> list[str]:
    found = [each.name for each in tree.body if isinstance(each, Definition)]
    for each in tree.body:
        targets = (
            each.targets if isinstance(each, ast.Assign) else [each.target] if isinstance(each, ast.AnnAssign) else []
        )
        found += [target.id for target in targets if isinstance(target, ast.Name)]
    return found
