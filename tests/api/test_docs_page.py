"""The API reference for people says everything that the description for programs does."""

import re
from html import unescape

import pytest

from portal.reference.pages import marked

pytestmark = pytest.mark.engine("sqlite")  # What is described and said is the same on both.


@pytest.fixture
def shown(client) -> str:
    return client.get("/api/docs").text


@pytest.fixture
def text(shown) -> str:
    """What a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def plain(described: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(marked(described)))).split())


def test_every_endpoint_stands_on_the_page_with_its_fields_and_how_it_behaves(client, text):
    description = client.get("/api/openapi.json").json
    for path, methods in description["paths"].items():
        for operation in methods.values():
            assert operation["summary"] in text
            for paragraph in operation["description"].split("\n\n"):
                assert plain(paragraph) in text, path
            for parameter in operation["parameters"]:
                assert parameter["in"] == "header" or plain(parameter["description"]) in text, (path, parameter["name"])
    for name, schema in description["components"]["schemas"].items():
        for field, described in schema["properties"].items():
            assert plain(described["description"]) in text, (name, field)


def test_every_link_within_the_page_leads_somewhere(shown):
    targets = set(re.findall(r'href="#([^"]+)"', shown))
    assert {"object-DealResponse", "object-OfferResponse", "object-PriceGiven"} <= targets
    assert targets <= set(re.findall(r'id="([^"]+)"', shown))


def test_sentences_keep_their_marks_and_nothing_else_becomes_html():
    assert marked("**A** `<b>` & *c*") == "<strong>A</strong> <code>&lt;b&gt;</code> &amp; <em>c</em>"
