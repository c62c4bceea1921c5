"""Templates are compiled in a language: each sentence is looked up then, and costs a page nothing."""

import re

import jinja2
import pytest
from markupsafe import Markup

from portal import languages
from portal.languages import Catalog
from portal.web.templates import Environment, Environments
from translations.messages import of_python, of_template

_SAID = {
    "Sign in": "Войти <сюда>",
    "{count} of {all}": "{all}: {count}",
    'Read the <a href="{place}">terms of {name}</a>.': 'Прочтите <a href="{place}">условия ({name})</a>.',
}
_TRANS = '<p>{% trans place="/terms" %}\n  Read the <a href="{{ place }}">terms\n  of {{ partner.name }}</a>.\n{% endtrans %}</p>'


@pytest.fixture
def environments(monkeypatch):
    monkeypatch.setitem(languages._catalogs, "ru", Catalog(_SAID, lambda number: 0, "ru"))
    english = Environment.__new__(Environment)
    jinja2.Environment.__init__(english, autoescape=True)
    return Environments(english)


@pytest.mark.parametrize(
    ("source", "english", "russian"),
    [
        ('{{ _("Sign in") }}', "Sign in", "Войти &lt;сюда&gt;"),
        ('{{ _("Sign in")|upper }}', "SIGN IN", "ВОЙТИ &lt;СЮДА&gt;"),
        ('{{ _("{count} of {all}", count=1, all=partner.name) }}', "1 of &lt;b&gt;", "&lt;b&gt;: 1"),
        (
            '{% set x = _("{count} of {all}", count=1, all=_("Sign in")) %}{{ x }}',
            "1 of Sign in",
            "Войти &lt;сюда&gt;: 1",
        ),
        (
            _TRANS,
            '<p> Read the <a href="/terms">terms of &lt;b&gt;</a>. </p>',
            '<p> Прочтите <a href="/terms">условия (&lt;b&gt;)</a>. </p>',
        ),
    ],
)
def test_a_template_speaks_the_language_of_its_environment(environments, source, english, russian):
    given = {"partner": {"name": "<b>"}}
    assert environments["en"].from_string(source).render(given) == english
    assert environments["ru"].from_string(source).render(given) == russian


@pytest.mark.parametrize(
    ("with_sentences", "without"),
    [
        ('<a title="{{ _("Sign in") }}">', '<a title="Sign in">'),
        ('{{ _("{count} of {all}", count=one, all=two) }}', "{{ one }} of {{ two }}"),
        ("{% trans %}Hello <b>{{ name }}</b>{% endtrans %}", "Hello <b>{{ name }}</b>"),
    ],
)
def test_a_sentence_costs_a_page_nothing(environments, with_sentences, without):
    def code(source):
        return re.sub(r"' ?\n +yield '", "", environments["en"].compile(source, raw=True)).splitlines()[:-1]

    assert code(with_sentences) == code(without)


@pytest.mark.parametrize(
    "source",
    ["{{ _(word) }}", "{% trans %}{% if a %}b{% endif %}{% endtrans %}", "{% trans %}{{ a[0] }}{% endtrans %}"],
)
def test_what_no_catalog_could_have_does_not_compile(environments, source):
    with pytest.raises(jinja2.TemplateSyntaxError):
        environments["en"].from_string(source)


def test_catalogs_are_made_from_the_code():
    assert list(of_template(_TRANS + '{{ _("Sign in") }}{{ counted(n, "1 deal", "{number} deals") }}')) == [
        'Read the <a href="{place}">terms of {name}</a>.',
        "Sign in",
        ("1 deal", "{number} deals"),
    ]
    assert list(
        of_python('say("One {a}", a=1); counted(n, "1 x", "{number} x"); X = forms("1 y", "{number} y"); say(word)')
    ) == [
        "One {a}",
        ("1 x", "{number} x"),
        ("1 y", "{number} y"),
    ]


def test_markup_is_drawn_as_it_is_and_everything_else_is_escaped(environments):
    """Also in a macro's text, which is markup from there on."""
    source = "{% macro shown(x) %}<i>{{ x }}</i>{% endmacro %}{{ one }} {{ two }} {{ three }} {{ shown(two) }}"
    template = environments["en"].from_string(source)
    drawn = template.render(one=Markup("<b>"), two="<b>", three=["<b>"])
    assert drawn == "<b> &lt;b&gt; [&#39;&lt;b&gt;&#39;] <i>&lt;b&gt;</i>"
