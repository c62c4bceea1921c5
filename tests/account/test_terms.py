"""Terms of use: published once and for all, accepted at sign-up, and by an owner after each new version."""

import pytest

from portal.domain.accounts.partners import terms
from portal.domain.accounts.partners.terms_tables import TermsAcceptance, TermsVersion
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Refused
from portal.domain.events.tables import Event
from tests.support.newcomers import GOOD, sign_up

HOSTILE = "<script>alert(1)</script>{{7*7}}"
BANNER = "New terms of use."


def test_everybody_reads_the_version_in_force_and_older_ones_by_number(world):
    assert "No terms of use" in world.anonymous().get("/terms").text
    terms.publish("The first.", None)
    terms.publish("The second.\n\nWith two paragraphs.", None)
    page = world.anonymous().get("/terms").text
    assert "<p>The second.</p>" in page and "<p>With two paragraphs.</p>" in page and "Version 2" in page
    older = world.anonymous().get("/terms/1").text
    assert "The first." in older and "no longer in force" in older
    assert world.anonymous().get("/terms/3").status_code == 404


def test_signing_up_takes_the_acceptance_of_the_version_in_force(world):
    assert 'name="terms"' not in world.anonymous().get("/sign-up").text
    terms.publish("The first.", None)
    terms.publish("The second.", None)
    page = world.anonymous().get("/sign-up").text
    assert 'name="terms" value="2"' in page and 'href="/terms/2"' in page
    for given in ({}, {"terms": "1"}, {"terms": "3"}):
        for mail in (GOOD["mail"], "owner@acme.example"):
            answer = world.anonymous().post("/sign-up", GOOD | given | {"mail": mail})
            assert answer.status_code == 422
            assert "Read the terms of use, version 2, and accept them." in answer.text
    assert not Partner.select().where(Partner.name == GOOD["company"]).exists()
    assert sign_up(world.anonymous(), GOOD | {"terms": "2"}).location == "/"
    accepted = TermsAcceptance.get()
    assert (accepted.partner.name, accepted.terms_id, accepted.accepted_by.mail) == (GOOD["company"], 2, GOOD["mail"])
    assert accepted.accepted_at >= TermsVersion.get_by_id(2).published_at


def test_after_a_new_version_owners_are_asked_on_every_page_until_one_accepts(world):
    terms.publish("The first.", None)
    for path in ("/", "/deals", "/account/sign-ins", "/account/team"):
        assert BANNER in world.as_("acme").get(path).text
        assert BANNER not in world.as_("acme", "manager").get(path).text
    owner = world.as_("acme")
    assert "Accept version 1" in owner.get("/terms").text
    assert "Accept version 1" not in world.as_("acme", "viewer").get("/terms").text
    assert owner.post("/account/partner/terms", {"number": "1"}).location == "/account/partner"
    assert BANNER not in owner.get("/").text and BANNER in world.as_("rival").get("/").text
    assert Event.select().where(Event.type == "terms.accepted", Event.partner == world.acme.partner).count() == 1
    settings = world.as_("acme", "viewer").get("/account/partner").text
    assert "Version 1" in settings and "Acme Owner" in settings
    terms.publish("The second.", None)
    assert BANNER in owner.get("/").text


@pytest.mark.on_both_engines
def test_accepting_twice_is_accepting_once(world):
    terms.publish("The first.", None)
    for _ in range(2):
        world.as_("acme").post("/account/partner/terms", {"number": "1"})
    assert TermsAcceptance.select().count() == 1
    assert Event.select().where(Event.type == "terms.accepted").count() == 1


@pytest.mark.on_both_engines
def test_only_what_is_in_force_is_accepted(world):
    owner = world.as_("acme")
    assert owner.post("/account/partner/terms", {"number": "1"}).status_code == 400
    terms.publish("The first.", None)
    terms.publish("The second.", None)
    for number in ("1", "3", "x", ""):
        answer = owner.post("/account/partner/terms", {"number": number})
        assert answer.status_code == 400 and "Read the present version" in answer.text
    assert world.as_("acme", "manager").post("/account/partner/terms", {"number": "2"}).status_code == 403
    assert not TermsAcceptance.select().exists()


def test_from_the_test_mode_they_are_accepted_for_the_partner(world):
    terms.publish("The first.", None)
    owner = world.as_("acme")
    owner.post("/test-mode", {"on": "1"})
    assert BANNER in owner.get("/").text
    owner.post("/account/partner/terms", {"number": "1"})
    assert TermsAcceptance.get().partner == world.acme.partner and BANNER not in owner.get("/").text


@pytest.mark.on_both_engines
def test_the_operator_publishes_versions_that_count_up(world):
    operator = world.as_("operator")
    assert "No terms of use yet" in operator.get("/operator/terms").text
    for text in ("The first.", "The second."):
        assert operator.post("/operator/terms", {"text": text}).location == "/operator/terms"
    world.as_("acme").post("/account/partner/terms", {"number": "2"})
    page = operator.get("/operator/terms").text
    assert "Version 2" in page and "Publish version 3" in page and ">The second.</textarea>" in page.replace("\r\n", "")
    assert "1 of 5 partners" in page and "Ines Operator" in page
    assert [row.text for row in TermsVersion.select().order_by(TermsVersion.number)] == ["The first.", "The second."]
    assert world.as_("acme").get("/operator/terms").status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 100_001])
def test_what_cannot_be_published_is_refused(world, text):
    answer = world.as_("operator").post("/operator/terms", {"text": text})
    assert answer.status_code == 422 and not TermsVersion.select().exists()


def test_the_same_text_is_no_new_version(world):
    terms.publish("The first.\r\n\r\nTwo.", None)
    with pytest.raises(Refused, match="word for word version 1"):
        terms.publish("The first.\n\nTwo.\n", None)


def test_hostile_text_stays_text(world):
    terms.publish(HOSTILE, None)
    for visitor, path in ((world.anonymous(), "/terms"), (world.as_("operator"), "/operator/terms")):
        page = visitor.get(path).text
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
