"""The faults: where in a module one token can be wrong, and how it then reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_OPERATORS: Final[dict[type[ast.cmpop], tuple[str, tuple[str, ...]]]] = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
}
"""How each comparison is written, and what it is flipped to."""

_LARGEST_EXACT: Final = 99
"""A constant of a module beyond this is a limit: one more or less of it is no fault."""

_LONGEST_EXACT: Final = 4.0
"""The same of a constant that is no whole number: mostly seconds to wait."""

_LOGGERS: Final = {"log", "logger", "logging", "_log", "_logger"}
_TYPING: Final = {"cast", "TypeVar", "NewType", "ParamSpec", "NamedTuple", "field"}
_NEUTRAL: Final = {"encoding", "strict", "daemon", "stacklevel", "thread_name_prefix"}
"""Arguments whose absence changes nothing here: UTF-8 is the system's, ``zip`` strict only checks."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One change of one module."""

    path: str
    """The module, from the top of the project."""
    kind: str
    """``comparison``, ``condition``, ``constant``, ``statement`` or ``argument``."""
    line: int
    """Where it is, counted from 1."""
    lines: tuple[int, ...]
    """The lines of which one has to run for the fault to be met."""
    span: Span
    """The bytes that are replaced, end exclusive."""
    new: str
    """What stands there instead."""
    in_function: bool
    """Whether it runs when a function is called, not when the module is imported."""

    def apply(self, source: bytes) -> bytes:
        """Return the module with the fault."""
        start, end = self.span
        return source[:start] + self.new.encode() + source[end:]

    def describe(self, source: bytes) -> str:
        """Return the fault in one line: what was there, and what is there now."""
        start, end = self.span
        old = " ".join(source[start:end].decode().split())
        new = " ".join(self.new.split())
        return f"{self.path}:{self.line}: {self.kind}: {_short(old)} -> {_short(new) or 'nothing'}"


def faults(path: str, source: bytes) -> list[Fault]:
    """Return every fault that can be put into a module, in the order of its places.

    Left out is what nobody can notice: docstrings, annotations, ``__all__``, decorators, sentences
    for the log, and what only a type checker reads.

    Args:
        path: The module, for the faults.
        source: Its text, in UTF-8.

    Raises:
        SyntaxError: It is not a Python module.
    """
    finder = _Finder(path, source)
    finder.visit(ast.parse(source))
    unique = {(fault.span, fault.new): fault for fault in finder.faults}
    return sorted(unique.values(), key=lambda fault: (fault.span, fault.new))


def compiles(source: bytes) -> bool:
    """Return whether Python takes a module; with a fault it sometimes does not."""
    try:
        compile(source, "", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


class _Finder(ast.NodeVisitor):
    """Walks a module and notes the faults."""

    def __init__(self, path: str, source: bytes) -> None:
        self.faults: list[Fault] = []
        self._path = path
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._statement: ast.stmt | None = None
        self._functions = 0

    def visit(self, node: ast.AST) -> None:
        """Visit a node; a statement is remembered for what is inside it."""
        if not isinstance(node, ast.stmt):
            super().visit(node)
            return
        if self._is_out_of_sight(node):
            return
        before, self._statement = self._statement, node
        self._remove_statement(node)
        super().visit(node)
        self._statement = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Visit the defaults and the body of a function, not what surrounds them."""
        self._visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Visit an asynchronous function as any other."""
        self._visit_function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Visit the body of a class, not its bases and their arguments."""
        if not any(_name(base) in {"Protocol", "TypedDict"} for base in node.bases):
            self._visit_all(node.body)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Visit the value, not the annotation."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Flip each comparison."""
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            written, flipped = _OPERATORS[type(operator)]
            between = self._end(left), self._start(right)
            words = re.compile(r"\s+".join(map(re.escape, written.split())).encode())
            if match := words.search(self._source, *between):
                for new in flipped:
                    self._note("comparison", match.span(), new)
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Take ``and`` for ``or``, and the other way round."""
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            between = self._end(left), self._start(right)
            if match := re.compile(rb"\b%s\b" % old.encode()).search(self._source, *between):
                self._note("condition", match.span(), new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Take a ``not`` away."""
        if isinstance(node.op, ast.Not):
            self._note("condition", (self._start(node), self._start(node.operand)), "")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        """Negate the condition."""
        self._negate(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        """Negate the condition."""
        self._negate(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """Negate the condition."""
        self._negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """Negate the conditions."""
        for test in node.ifs:
            self._negate(test)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Make a number one more or one less, and a truth its opposite."""
        value = node.value
        span = self._start(node), self._end(node)
        if isinstance(value, bool):
            self._note("constant", span, str(not value))
        elif isinstance(value, int | float):
            if not self._functions and value > (
                _LARGEST_EXACT if isinstance(value, int) else _LONGEST_EXACT
            ):
                return
            for change in (-1, 1):
                self._note("constant", span, repr(value + change))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave what is inside an f-string: its places are known from Python 3.12 on only."""

    def visit_Call(self, node: ast.Call) -> None:
        """Take one argument away."""
        name = _name(node.func)
        if name in _TYPING or _is_logging(node):
            return
        arguments: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        arguments.sort(key=self._start)
        for index, argument in enumerate(arguments):
            is_last = index == len(arguments) - 1
            if isinstance(argument, ast.keyword):
                if argument.arg in _NEUTRAL:
                    continue
            elif argument is not node.args[-1]:
                continue
            start = self._end(arguments[index - 1]) if index and is_last else self._start(argument)
            end = self._end(argument) if is_last else self._start(arguments[index + 1])
            self._note("argument", (start, end), "")
        self.generic_visit(node)

    def _visit_function(self, node: Function) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        self._functions += 1
        self._visit_all(node.body)
        self._functions -= 1

    def _visit_all(self, nodes: Sequence[ast.stmt]) -> None:
        for node in nodes:
            self.visit(node)

    def _is_out_of_sight(self, node: ast.stmt) -> bool:
        """Return whether nothing in a statement can be noticed when it runs."""
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Assert():
                return True
            case ast.Expr(value=ast.Call() as call):
                return _is_logging(call)
            case ast.If(test=test):
                return _name(test) == "TYPE_CHECKING" or ast.unparse(test).startswith("__name__")
            case ast.Assign(targets=[ast.Name(id="__all__" | "__slots__")]):
                return True
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return any(
                    _name(each) in {"overload", "abstractmethod"} for each in node.decorator_list
                )
        return False

    def _remove_statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Expr() | ast.Assign() | ast.AugAssign() if self._functions:
                pass
            case ast.Return() | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete():
                pass
            case _:
                return
        self._note("statement", (self._start(node), self._end(node)), "pass")

    def _negate(self, test: ast.expr) -> None:
        start, end = self._start(test), self._end(test)
        old = self._source[start:end].decode()
        self._note("condition", (start, end), f"(not ({old}))")

    def _note(self, kind: str, span: Span, new: str) -> None:
        """Add a fault of the statement that is being visited."""
        line = self._source.count(b"\n", 0, span[0]) + 1
        fault = Fault(self._path, kind, line, tuple(self._lines()), span, new, self._functions > 0)
        self.faults.append(fault)

    def _lines(self) -> Iterator[int]:
        """Yield the lines of the statement that is being visited, of a block those of its head."""
        node = self._statement
        if node is None:
            return
        body: list[ast.stmt] = getattr(node, "body", [])
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        yield from range(node.lineno, max(last, node.lineno) + 1)

    def _start(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        return self._starts[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        return self._starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)


def _name(node: ast.expr) -> str:
    """Return the last part of a name, of a subscript that of what is subscribed."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return _name(value)
    return ""


def _is_logging(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and _name(call.func.value) in _LOGGERS


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]} ... {text[-15:]}"
