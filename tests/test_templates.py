import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
PARTIALS = [path for path in TEMPLATES if path.name.startswith("_")]
# What may name a template: the others, and code.
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in (*TEMPLATES, *Path(settings.BASE_DIR).glob("[amp]*/**/*.py"))
}
MAX_LINES = 80
VARIABLE = re.compile(r"\{\{|\{% (?:if|for|with|include)\b")
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on[:\w-]*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(r"(?:https?:)?//(?!wa\.me/)[a-z0-9]", re.IGNORECASE),
    "unescaped output": re.compile(r"\|safe\b|\{% autoescape off"),
}


def name(path):
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_are_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_carry_nothing_that_the_policy_forbids(path):
    text = path.read_text(encoding="utf-8")

    assert [what for what, regex in FORBIDDEN.items() if regex.search(text)] == []


@pytest.mark.parametrize("path", PARTIALS, ids=name)
def test_partials_open_by_naming_their_variables(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith("{% comment %}") or not VARIABLE.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_compile(path):
    assert get_template(name(path)).template.name == name(path)


@pytest.mark.parametrize("path", PARTIALS, ids=name)
def test_partials_are_used(path):
    quoted = f'"{name(path)}"'

    users = [one for one, text in SOURCES.items() if one != path and quoted in text]

    assert users != []
