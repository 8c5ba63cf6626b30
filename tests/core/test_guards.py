"""The house's rules that a machine can watch (docs: architecture sections 2 to 4)."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings

from core.registry import audit_sentences

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["core", "accounts", "participants", "coaching", "employers", "reports"]
OURS = [*APPS, "config", "tests"]
MAY_READ_CONFIG = {
    "core/management",  # starts processes with config's settings
    "core/embedded",
}


NOT_WATCHED = {"templates/bootstrap5/layout/help_text.html"}  # Django's own help texts are HTML


def sources(*folders: str, with_migrations: bool = False) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if with_migrations or "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_packages(tree: ast.AST) -> set[str]:
    """The first parts of everything imported absolutely, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("app", APPS)
def test_imports_point_one_way(app):
    higher = set(APPS[APPS.index(app) + 1 :])
    wrong = []
    for path in sources(app):
        allowed = {"config"} if any(name_of(path).startswith(place) for place in MAY_READ_CONFIG) else set()
        forbidden = (higher | {"config", "tests"}) - allowed
        wrong += [f"{name_of(path)} imports {name}" for name in imported_packages(_tree(path)) & forbidden]
    assert not wrong, wrong


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_room_is_too_large():
    limits = [(path, 400) for path in sources(*APPS, "config")] + [(path, 600) for path in sources("tests")]
    large = [
        f"{name_of(path)}: {count} lines, at most {limit}"
        for path, limit in limits
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > limit
    ]
    assert not large, f"make a folder with one file per noun: {large}"


def test_no_function_is_too_long():
    long = []
    for path in sources(*APPS, "config"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 60:
                    long.append(f"{name_of(path)}:{node.lineno} {node.name}: {length} lines")
    assert not long, long


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    places = [*sources(*OURS, with_migrations=True)]
    for folder, ending in (
        ("templates", "*.html"),
        ("templates", "*.txt"),
        ("static", "*.js"),
        ("static", "*.css"),
    ):
        places += (ROOT / folder).rglob(ending)
    left = [name_of(path) for path in places if later.search(path.read_text(encoding="utf-8"))]
    assert not left, left


def test_templates_hold_no_inline_code():
    inline = re.compile(
        r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:|\bhx-on\b|\|safe\b",
        re.IGNORECASE,
    )
    wrong = []
    for path in (ROOT / "templates").rglob("*.html"):
        if "pdf" in path.parts or name_of(path) in NOT_WATCHED:
            continue
        text = re.sub(
            r"{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        wrong += [f"{name_of(path)}: {found.group(0).strip()}" for found in inline.finditer(text)]
    assert not wrong, wrong


def service_modules() -> list[str]:
    found = []
    for app in APPS:
        for path in sources(app):
            relative = path.relative_to(ROOT).with_suffix("")
            if "services" in relative.parts and path.name != "__init__.py":
                found.append(".".join(relative.parts))
    return sorted(found)


def public_functions(module_name: str) -> list:
    module = importlib.import_module(module_name)
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module_name
    ]


@pytest.mark.parametrize("module_name", service_modules())
def test_services_say_what_they_do_and_take_names(module_name):
    wrong = []
    for function in public_functions(module_name):
        if not inspect.getdoc(function):
            wrong.append(f"{function.__name__} has no docstring")
        parameters = inspect.signature(function).parameters.values()
        if hasattr(function, "__wrapped__"):  # @transaction.atomic: it writes
            by_place = [
                p.name for p in parameters if p.kind is not p.KEYWORD_ONLY and p.kind is not p.VAR_KEYWORD
            ]
            wrong += [f"{function.__name__}: {name} must be keyword-only" for name in by_place]
        if "request" in {parameter.name for parameter in parameters}:
            wrong.append(f"{function.__name__} takes the request")
    assert not wrong, wrong


def our_models() -> list:
    return [model for app in APPS for model in apps.get_app_config(app).get_models() if not model._meta.proxy]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_has_words_for_itself(model):
    assert "__str__" in vars(model) or any(
        "__str__" in vars(base) for base in model.__bases__ if base.__module__.split(".")[0] in APPS
    )
    for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
        assert str(name)[:1].islower() or str(name)[:3].isupper(), f"lower case: {name}"
    assert not model._meta.ordering, "lists say their order themselves"


@pytest.mark.parametrize("name", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_every_beat_entry_exists_and_accepts_its_arguments(name):
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    current_app.loader.import_default_modules()
    assert entry["task"] in current_app.tasks, f"{name}: no task {entry['task']}"
    task = current_app.tasks[entry["task"]]
    inspect.signature(task.run).bind(*entry.get("args", ()), **entry.get("kwargs", {}))


ACTION = re.compile(r"[a-z_]+\.[a-z_]+")


def audited_actions() -> dict[str, str]:
    """Every literal `action` that our code writes into the trail, with one place where it stands."""
    found: dict[str, str] = {}
    for path in sources(*APPS):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _called(node) in ("record", "record_many"):
                for value in (keyword.value for keyword in node.keywords if keyword.arg == "action"):
                    found |= {action: f"{name_of(path)}:{node.lineno}" for action in _literals(value)}
    return found


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _literals(value: ast.expr) -> list[str]:
    """The action itself, or each of the two in `"a.b" if x else "a.c"`; nothing of what is put together."""
    parts = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def test_every_action_of_the_trail_has_a_sentence():
    silent = {action: place for action, place in audited_actions().items() if action not in audit_sentences}
    assert not silent, f"add to core.registry.audit_sentences in your apps.py: {silent}"


def test_actions_of_the_trail_are_named_alike():
    wrong = [action for action in audited_actions() if not ACTION.fullmatch(action)]
    assert not wrong, wrong


def test_no_form_puts_typed_words_into_an_address():
    """Searches post (`core.search_terms`): a form with method="get" would write a name into the history."""
    typed = re.compile(r'type="(search|text)"|<textarea|_search_box|<input(?![^>]*type=)')
    wrong = [
        name_of(path)
        for path in (ROOT / "templates").rglob("*.html")
        for form in re.findall(r"<form(?![^>]*method=\"post\").*?</form>", path.read_text(), re.DOTALL)
        if typed.search(form)
    ]
    assert not wrong, wrong


def test_no_form_is_included_without_its_stamp():
    """`only` leaves csrf_token out: such a form is refused when it is sent, and no test client notices."""
    call = re.compile(r'{% include "components/_form\.html" with [^%]* only %}')
    bare = [
        name_of(path)
        for path in (ROOT / "templates").rglob("*.html")
        for found in call.findall(path.read_text(encoding="utf-8"))
        if "csrf_token=csrf_token" not in found
    ]
    assert not bare, f"write `csrf_token=csrf_token only` in: {sorted(set(bare))}"
