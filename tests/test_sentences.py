"""Sentences are English by themselves, and whole in any other language."""

import pickle

import pytest
from markupsafe import Markup, escape

from portal import languages
from portal.domain.sentences import counted, either, few, forms, joined, say, shown
from portal.languages import Catalog
from portal.web.marked import marked
from tests.support.speaking import speaking

_SAID = {
    "Ask an owner of {partner}.": "Спросите владельца {partner}.",
    "{name} is closed.": "{name}: закрыто.",
    "closed": "закрыто",
    "{number} of {whole}": "{whole}: {number}",
    "1 deal of {who}": ("{number} сделка {who}", "{number} сделки {who}", "{number} сделок {who}"),
    "<b>{name}</b> is here.": "Здесь <b>{name}</b>.",
}
_FORMS = forms("1 deal of {who}", "{number} deals of {who}")


@pytest.fixture
def russian(monkeypatch):
    def form_of(number: int) -> int:
        return 0 if number % 10 == 1 else 1 if number % 10 < 5 else 2

    monkeypatch.setitem(languages._catalogs, "ru", Catalog(_SAID, form_of, "ru"))
    with speaking("ru"):
        yield


def test_a_sentence_is_english_until_it_is_shown(russian):
    sentence = say("Ask an owner of {partner}.", partner="Acme & Sons")
    assert sentence == "Ask an owner of Acme & Sons."
    assert shown(sentence) == "Спросите владельца Acme & Sons."
    assert escape(sentence) == "Спросите владельца Acme &amp; Sons."
    assert Markup("<p>{}</p>").format(sentence) == "<p>Спросите владельца Acme &amp; Sons.</p>"


def test_what_a_sentence_names_is_said_in_the_same_language(russian):
    assert shown(say("{name} is closed.", name=say("closed"))) == "закрыто: закрыто."
    assert shown(joined([say("closed"), say("{name} is closed.", name="x")])) == "закрыто x: закрыто."
    assert escape(say("{name} is closed.", name=say("{name} is closed.", name=Markup("<b>x</b>")))) == (
        "<b>x</b>: закрыто.: закрыто."
    )


def test_each_language_has_its_own_forms_of_a_number(russian):
    assert [shown(counted(count, *_FORMS, who="x")) for count in (1, 3, 12_345)] == [
        "1 сделка x", "3 сделки x", "12\u00a0345 сделок x",
    ]  # fmt: skip
    assert counted(12_345, *_FORMS, who="x") == "12,345 deals of x"


def test_what_no_catalog_knows_stays_english(russian):
    assert shown(say("New here, {name}?", name="Ann")) == "New here, Ann?"
    assert shown(counted(2, "1 page", "{number} pages")) == "2 pages"


def test_what_people_typed_is_no_template_and_no_markup(russian):
    sentence = say("{name} is closed.", name="{partner} <b>")
    assert sentence == "{partner} <b> is closed."
    assert escape(sentence) == "{partner} &lt;b&gt;: закрыто."
    assert marked("<b>{name}</b> is here.", name="<i>") == "Здесь <b>&lt;i&gt;</b>."


def test_a_sentence_can_be_kept_and_brought_back(russian):
    assert shown(pickle.loads(pickle.dumps(say("{name} is closed.", name="x")))) == "x: закрыто."


def test_of_many_sentences_the_first_are_told_and_the_others_counted():
    told = [say("{name} is closed.", name=name) for name in "abcd"]
    assert few(told, 4) == told
    assert joined(few(told, 3)) == "a is closed. b is closed. c is closed. And 1 more."
    assert few(told, 2)[-1] == "And 2 more."


def test_one_of_several_is_named_with_an_or_between():
    assert either(["10%"]) == "10%" and either(["10%", "5 EUR", "6 USD"]) == "10% or 5 EUR or 6 USD"
