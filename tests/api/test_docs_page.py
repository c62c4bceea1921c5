"""The API reference for people says everything that the description for programs does."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from portal.api.changes import CHANGES
from portal.api.codes import every
from portal.reference.endpoints import _type
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


def test_words_to_choose_from_say_whether_null_is_taken_as_well():
    words = {"enum": ["All", "Desktop"], "type": "string"}
    assert _type(words) == "All, Desktop"
    assert _type(words | {"enum": [*words["enum"], None]}) == "All, Desktop or null"


def test_every_code_of_a_refusal_stands_on_the_page_with_what_it_says_and_what_mends_it(shown, text):
    for code in every().values():
        assert f'id="error-{code.name}"' in shown
        assert f"{code.name} {code.status} {code.sample} {plain(code.mend)}" in text, code.name
    assert '"error_code": "catalog_code_taken"' in text


def test_limits_test_mode_and_changes_are_told(client, app, text):
    settings = app.config["SETTINGS"]
    for said in (f"{settings.api_limit} a minute", f"{settings.open_limit} a minute", "1 MiB", "32 levels", "pp_test_"):
        assert said in text, said
    assert client.get("/api/openapi.json").json["info"]["version"] == CHANGES[0].version
    for change in CHANGES:
        for what in change.what:
            assert f"{plain(what)}" in text


def test_a_sample_request_has_every_parameter_that_is_required(client, text):
    for path, methods in client.get("/api/openapi.json").json["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query" and parameter["required"]:
                sample = re.escape(urlencode({parameter["name"]: parameter["example"]}))
                assert re.search(rf"curl '[^']*{path}\?[^']*{sample}", text), path


def test_every_link_within_the_page_leads_somewhere(shown):
    targets = set(re.findall(r'href="#([^"]+)"', shown))
    assert {"object-DealResponse", "object-OfferResponse", "object-PriceGiven"} <= targets
    assert targets <= set(re.findall(r'id="([^"]+)"', shown))


def test_sentences_keep_their_marks_and_nothing_else_becomes_html():
    assert marked("**A** `<b>` & *c*") == "<strong>A</strong> <code>&lt;b&gt;</code> &amp; <em>c</em>"
