"""Each sentence that a person reads goes through the catalogs: in a language that marks them all, nothing stands unmarked."""

import ast
import re
from collections import defaultdict

import pytest
from jinja2 import nodes

from portal.domain.accounts.tables import Partner
from portal.domain.mail import written
from portal.routing import CLUB_KIND, MEMBER_KIND, PUBLIC_KIND
from tests.support import pseudo, things
from tests.test_arrows import PORTAL
from tests.test_route_matrix import address, may, refused, routes_of, send, sending
from translations.messages import ROOT, TEMPLATES, found

# Written for programmers in English, from the description of the API.
ENGLISH = {"reference"}


@pytest.fixture
def begin():
    return things.begin


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("who", ["nobody", "owner", "operator", "member"])
def test_every_sentence_of_the_pages_is_wrapped(app, world, monkeypatch, who):
    pseudo.speak(monkeypatch)
    own = things.of(world.acme)
    Partner.update(language=pseudo.LANGUAGE).execute()
    pages = [route for route in routes_of(app, is_api=False) if may(who, route)]
    faults = told(world, who, pages, own, pseudo.LANGUAGE, pseudo.unmarked)
    assert not faults, "\n".join(f"{text}: {', '.join(sorted(places)[:3])}" for text, places in faults.items())


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("who, kinds", [("nobody", (PUBLIC_KIND, CLUB_KIND)), ("member", (CLUB_KIND, MEMBER_KIND))])
def test_newcomers_and_members_read_russian(app, world, who, kinds):
    """What the terms of use say is theirs."""
    own = things.of(world.acme)
    pages = [route for route in routes_of(app, is_api=False) if route.access.kind in kinds]
    assert told(world, who, pages, own, "ru", pseudo.in_latin) == {}


def told(world, who, pages, own, language, wrong) -> dict[str, set]:
    """What is wrong of the texts of these pages, and where it stands; each is read, and its form sent empty."""
    read, data = [], pseudo.data_words()  # Some of it is renamed or removed by the forms.
    pages = [route for route in pages if route.endpoint.split(".")[0] not in ENGLISH]
    for visitor, method, route in sending(world, who, pages):
        visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        place = address(route, own.named)
        for shown in (place, *(f"{place}?tab={tab}" for tab in things.TABS.get(route.endpoint, ()))):
            answer = send(visitor, method, shown)
            assert answer.status_code < 500 and not refused(answer, who, route), (method, shown)
            if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
                read.append((f"{method} {shown}", answer.text))
    data |= pseudo.data_words()
    faults = defaultdict(set)
    for place, html in read:
        for text in wrong(html, data):
            faults[text].add(place)
    return dict(faults)


def test_no_macro_has_words_of_its_own_by_default_and_none_are_glued_between_values():
    """What the pages of the crawl need not show: a second page of a list, a range."""
    faults = []
    for path in (ROOT / "templates").rglob("*.html"):
        parsed = TEMPLATES.parse(path.read_text())
        defaults = [one for macro in parsed.find_all(nodes.Macro) for one in macro.defaults]
        glued = [one for concat in parsed.find_all(nodes.Concat) for one in concat.nodes]
        said = [one.value for one in (*defaults, *glued) if isinstance(one, nodes.Const) and isinstance(one.value, str)]
        faults += [f"{path.name}: {text}" for text in said if re.search(r"^[A-Z]\w| [a-z]+ ", text)]
    assert not faults, faults


def test_no_sentence_has_a_typewriters_apostrophe():
    texts = [text for message in found() for text in ((message,) if isinstance(message, str) else message)]
    assert texts and [text for text in texts if re.search(r"(?<=[\w}])'(?=\w)|(?<=\w)' ", text)] == []


def test_every_paragraph_of_a_mail_is_in_the_catalogs(monkeypatch):
    pseudo.speak(monkeypatch)
    for path in written._TEXTS.glob("*.txt"):
        values = dict.fromkeys(re.findall(r"\$(\w+)", path.read_text()), "0")
        left = pseudo.stripped(written.text(path.stem, values, pseudo.LANGUAGE))
        assert not re.search(r"[A-Za-z]{2}", left), f"{path.name}: {left}"


def test_every_subject_of_a_mail_is_a_sentence():
    """What is handed to the outbox as a subject is made by `say` or `counted`, or comes from whoever made it so."""
    for path in (PORTAL / "domain").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in (
                "outbox.put",
                "notices.tell",
                "security_notices.tell",
            ):
                texts = [arg for arg in call.args[:3] if isinstance(arg, ast.Constant | ast.JoinedStr)]
                literals = [text for text in texts if " " in ast.unparse(text)]
                assert not literals, f"{path.name}: {ast.unparse(literals[0])}"
