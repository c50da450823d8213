"""The budgets of the design: small modules and functions, late imports of outside packages only, types, tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "corrobora"
MODULES = sorted(SRC.rglob("*.py"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_module_is_small_and_typed(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400
    for function in functions(ast.parse(source)):
        assert (function.end_lineno or 0) - function.lineno + 1 <= 60, function.name
        assert function.returns is not None, f"{function.name} has no return type"
        for inner in ast.walk(function):
            if isinstance(inner, ast.ImportFrom):
                assert not (inner.module or "").startswith("corrobora"), f"{function.name} imports {inner.module}"


def test_javascript_is_small() -> None:
    scripts = [p for p in SRC.rglob("*.js") if "vendor" not in p.parts]
    lines = [p.read_text(encoding="utf-8").count("\n") for p in scripts]
    assert max(lines, default=0) <= 400
    assert sum(lines) <= 1500


def test_there_are_as_many_lines_of_tests_as_of_code() -> None:
    code = sum(p.read_text(encoding="utf-8").count("\n") for p in MODULES)
    tests = Path(__file__).parent
    files = [p for kind in ("*.py", "*.toml", "*.jsonl") for p in tests.rglob(kind)]
    assert sum(p.read_text(encoding="utf-8").count("\n") for p in files) >= code
