"""Takes the checks out of the verifier in Python one by one, in this process.

A site is an operand of the condition of a `demand`, an operand of an `if` that refuses, an operand of a returned conjunction, or a
call of `finish`.
"""
import ast
import contextlib
import importlib.abc
import importlib.util
import io
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[1]


class Switches(ast.NodeTransformer):
    """Puts a switch on every site of a module."""

    def __init__(self, name, places):
        self.name, self.places = name, places

    def _add(self, node):
        self.places.append((self.name, node.lineno, " ".join(ast.unparse(node).split())))
        return ast.Constant(len(self.places) - 1)

    def _wrap(self, node, function, operator):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, operator):
            node.values = [self._wrap(value, function, operator) for value in node.values]
            return node
        number = self._add(node)
        return ast.copy_location(ast.Call(ast.Name(function, ast.Load()), [number, node], []), node)

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "demand":
            node.args[0] = self._wrap(node.args[0], "_passes", ast.And)
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        last = node.body[-1]
        refuses = isinstance(last, ast.Raise) or (
            isinstance(last, ast.Return) and isinstance(last.value, ast.Constant) and last.value.value in (False, None)) or (
            isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and getattr(last.value.func, "id", "") == "refuse")
        if refuses and not (isinstance(node.test, ast.Constant)):
            node.test = self._wrap(node.test, "_fails", ast.Or)
        return node

    def visit_Return(self, node):
        self.generic_visit(node)
        if isinstance(node.value, ast.BoolOp) and isinstance(node.value.op, ast.And):
            node.value = self._wrap(node.value, "_passes", ast.And)
        return node

    def visit_Expr(self, node):
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and getattr(node.value.func, "attr", "") == "finish":
            number = self._add(node.value)
            body = ast.Lambda(ast.arguments([], [], None, [], [], None, []), node.value)
            node.value = ast.copy_location(ast.Call(ast.Name("_run", ast.Load()), [number, body], []), node.value)
        return node


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the verifier's modules with switches."""

    def __init__(self):
        self.places, self.out, self.refused = [], None, set()
        self.names = {path.stem for path in FOLDER.glob("*.py")}

    def find_spec(self, name, path=None, target=None):
        if name not in self.names:
            return None
        return importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py", loader=self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        path = FOLDER / f"{module.__name__}.py"
        tree = ast.fix_missing_locations(Switches(path.name, self.places).visit(ast.parse(path.read_text())))
        module.__dict__.update(_passes=self.passes, _fails=self.fails, _run=self.run_call)
        exec(compile(tree, str(path), "exec"), module.__dict__)  # noqa: S102

    def passes(self, number, holds):
        if holds:
            return holds
        self.refused.add(number)
        return self.out == number

    def fails(self, number, holds):
        if not holds:
            return holds
        self.refused.add(number)
        return holds if self.out != number else False

    def run_call(self, number, body):
        try:
            body()
        except Exception:
            self.refused.add(number)
            if self.out != number:
                raise


def load():
    loader = Loader()
    sys.meta_path.insert(0, loader)
    for name in sorted(loader.names - {"verify_bundle"}) + ["verify_bundle"]:
        importlib.import_module(name)
    return loader


LOADER = None


def loaded():
    global LOADER
    LOADER = LOADER or load()
    return LOADER


def sites():
    return list(loaded().places)


def run(folder):
    """What noticed each check."""
    loader, entries = loaded(), json.loads((folder / "index.json").read_text())
    main, signed_by = sys.modules["verify_bundle"].main, sys.modules["ed25519"].signed_by

    def ask(entry):
        signed_by.cache_clear()
        loader.refused.clear()
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                return main(entry["arguments"])
            except Exception as error:
                return f"{type(error).__name__}"

    traced = []
    for entry in entries:
        code = ask(entry)
        if code not in entry["codes"][1]:
            raise SystemExit(f"the verifier itself gives {code} for {entry['name']}, not one of {entry['codes'][1]}")
        traced.append((code, set(loader.refused)))
    found = {}
    for number in range(len(loader.places)):
        reached = [index for index, (_, places) in enumerate(traced) if number in places]
        loader.out = number
        noticed = next((index for index in reached if ask(entries[index]) != traced[index][0]), None)
        if noticed is not None:
            found[number] = f"noticed by: {entries[noticed]['name']}"
        else:
            found[number] = f"SURVIVED: {entries[reached[0]]['name']}, and {len(reached) - 1} more" if reached else \
                "SURVIVED: no attack reaches it"
    loader.out = None
    return found
