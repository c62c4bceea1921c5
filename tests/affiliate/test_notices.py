"""Who is told what by mail, in the transaction in which it happens."""

import re

import pytest

from portal.database import transaction
from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.partners import partners
from portal.domain.accounts.people import disabling
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.notices import kinds as notice_kinds
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.payouts import payouts, sending
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.questions import questions
from portal.domain.mail.tables import Mail
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.worker import drains
from tests.domain.conftest import begin, market  # noqa: F401 - fixtures
from tests.support import things

pytestmark = pytest.mark.on_both_engines

HOME = "http://127.0.0.1:8000"
HOSTILE = "Sum$name\r\nBcc: x@evil.example ${link} <b>" + "long " * 40


@pytest.fixture
def catalog(world):
    """Acme's, in which every application waits."""
    catalog = catalogs.find(world.acme.id, things.of(world.acme).names["short_code"])
    Mail.delete().execute()
    return catalogs.change(catalog, {"title": "Shoes", "moderation_type": "MANUAL_MODERATION"})


def told() -> list[tuple[str, str]]:
    """(to, subject) of each mail, in order; they are forgotten."""
    rows = [(mail.to, mail.subject) for mail in Mail.select().order_by(Mail.id)]
    Mail.delete().execute()
    return rows


def both_of(name: str, subject: str) -> list[tuple[str, str]]:
    """What owner and manager, and nobody else, get by default."""
    return [(f"{role}@{name}.example", subject) for role in ("owner", "manager")]


def newest() -> str:
    return Mail.select().order_by(Mail.id.desc()).get().text


def unsubscribe_of(text: str) -> str:
    return re.search(r"End these mails: (\S+)", text)[1]


def test_a_merchant_is_told_of_an_application_and_the_promoter_of_the_decision(world, catalog):
    promotion = promotions.join(world.northwind.partner, catalog.short_code, "We have\n\na blog.")
    text = newest()
    assert (
        text
        == f"""Hello Acme Manager,

Northwind asks to promote your catalog "Shoes".

They say:

> We have
>
> a blog.

Approve or refuse it here:

{HOME}/for/acme/promoters/{promotion.uid}

--
You get this because you work for Acme and want to know when: Somebody joins or applies to promote a catalog.
End these mails: {unsubscribe_of(text)}
Choose what you are told: {HOME}/account/notifications
"""
    )
    assert {mail.partner_id for mail in Mail.select()} == {world.acme.id}
    assert told() == both_of("acme", "Northwind wants to promote “Shoes”")
    approved = promotions.approve(promotion)
    assert 'Acme has approved you: your links and codes work, for the catalog "Shoes".' in newest()
    assert f"{HOME}/for/northwind/promotions/{promotion.uid}" in newest() and {
        mail.partner_id for mail in Mail.select()
    } == {world.northwind.id}
    assert told() == both_of("northwind", "You can promote “Shoes”")
    promotions.approve(approved)
    assert told() == []
    promotions.end(approved, promotions.BY_MERCHANT, "Too many returns.")
    assert "has ended your promotion" in newest() and "Acme says:\n\n> Too many returns." in newest()
    assert told() == both_of("northwind", "You no longer promote “Shoes”")


def test_a_refusal_without_a_reason_says_so(world, catalog):
    promotions.refuse(promotions.join(world.northwind.partner, catalog.short_code))
    assert "Acme does not admit you" in newest() and "Acme gave no reason." in newest()
    assert told()[-2:] == both_of("northwind", "You cannot promote “Shoes”")


def test_who_is_admitted_at_once_is_told_nothing_and_the_merchant_is(world, catalog):
    catalogs.change(catalog, {"moderation_type": "FREE_ENTRY"})
    promotion = promotions.join(world.northwind.partner, catalog.short_code)
    assert "now promotes your catalog" in newest() and "They left no message." in newest()
    assert told() == both_of("acme", "Northwind promotes “Shoes”")
    promotions.end(promotion, promotions.BY_PROMOTER)
    assert told() == []
    promotions.join(world.northwind.partner, catalog.short_code)
    assert told() == both_of("acme", "Northwind promotes “Shoes”")


def test_whom_the_operators_confirmation_admits_is_told(world, catalog):
    Partner.update(confirmed_at=None).where(Partner.id == world.northwind.id).execute()
    catalogs.change(catalog, {"moderation_type": "AUTO_MODERATION"})
    promotions.join(Partner.get_by_id(world.northwind.id), catalog.short_code)
    told()
    promotions.confirm(Partner.get_by_id(world.northwind.id))
    assert told() == both_of("northwind", "You can promote “Shoes”")


def test_promoters_are_told_once_that_a_catalog_was_unpublished(world, catalog):
    Promotion.create(uid="NRTHWND22", catalog=catalog, promoter=world.northwind.partner)
    Promotion.create(uid="RVLRVL222", catalog=catalog, promoter=world.rival.partner, state="ended")
    for published in (False, False, True):
        catalogs.change(catalog, {"is_published": published})
    assert "take them off your pages" in newest() and f"{HOME}/for/northwind/promotions/NRTHWND22" in newest()
    assert told() == both_of("northwind", "“Shoes” can no longer be promoted")


def test_other_changes_tell_nobody(world, catalog):
    Promotion.create(uid="NRTHWND22", catalog=catalog, promoter=world.northwind.partner)
    catalogs.change(catalog, {"title": "Other"})
    assert told() == []


def test_a_promoter_is_told_of_its_payouts(world, market):  # noqa: F811
    market.approved()
    (payout,) = market.pay_out(2000)
    assert told() == []
    sending.mark_sent(world.acme.id, payout.uuid, reference="TR-7")
    text = newest()
    assert f"Acme sent Northwind 20.00 USD (payout {payout.number}, reference TR-7)." in text
    assert f"{HOME}/for/northwind/rewards/payouts/{payout.uuid}" in text
    assert told() == both_of("northwind", "Acme sent you 20.00 USD")
    payouts.take_back(world.acme.id, payout.uuid, "The account is closed.")
    assert "Acme says:\n\n> The account is closed." in newest() and "payout account is right" in newest()
    assert told() == both_of("northwind", "Acme took back the payout of 20.00 USD")


def test_of_a_payout_that_never_left_nobody_is_told_by_mail(world, market):  # noqa: F811
    market.approved()
    (payout,) = market.pay_out(2000)
    payouts.take_back(world.acme.id, payout.uuid, "A slip of the pen.")
    assert told() == []


def test_both_sides_are_told_of_a_question_and_its_answer(world, market):  # noqa: F811
    market.report("Paid")
    told()
    deal = market.deal()
    question = questions.ask(world.northwind.id, deal.uuid, "Why so little?")
    assert (
        "Northwind asks about a deal:\n\n> Why so little?" in newest()
        and f"{HOME}/for/acme/deals/{deal.uuid}" in newest()
    )
    assert told() == both_of("acme", "Northwind asks about a deal")
    questions.answer(world.acme.id, question.uuid, "It is 20 percent.")
    assert "Why so little?\n\nAcme answers:\n\n> It is 20 percent." in newest()
    assert f"{HOME}/for/northwind/promotions/deals/{deal.uuid}" in newest()
    assert told() == both_of("northwind", "Acme answered your question")


def test_nobody_is_told_of_what_their_own_partner_did(world, catalog):
    catalogs.change(catalog, {"moderation_type": "FREE_ENTRY"})
    promotions.end(promotions.join(world.acme.partner, catalog.short_code), promotions.BY_MERCHANT)
    promotions.approve(Promotion.get(Promotion.promoter == world.acme.id))
    catalogs.change(catalog, {"is_published": False})
    assert told() == []


def test_who_wants_it_is_told_and_who_does_not_is_not(world, catalog):
    users = world.acme.users
    notification_choices.choose(users["owner"].id, world.acme.id, set())
    notification_choices.choose(users["viewer"].id, world.acme.id, {notice_kinds.APPLICANT})
    promotions.join(world.northwind.partner, catalog.short_code)
    assert [to for to, _ in told()] == ["manager@acme.example", "viewer@acme.example"]
    disabling.disable(users["manager"])
    promotions.join(world.rival.partner, catalog.short_code)
    assert [to for to, _ in told()] == ["viewer@acme.example"]


def test_a_mail_is_written_with_its_fact_or_not_at_all(world, catalog):
    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction():
        promotions.join(world.northwind.partner, catalog.short_code)
        raise Broken
    assert told() == []


def test_hostile_names_stay_text_in_one_line(world, catalog):
    Catalog.update(title=HOSTILE).where(Catalog.id == catalog.id).execute()
    Partner.update(name=HOSTILE[:120]).where(Partner.id == world.northwind.id).execute()
    promotions.join(Partner.get_by_id(world.northwind.id), catalog.short_code, HOSTILE)
    mail = Mail.select().order_by(Mail.id.desc()).get()
    assert "\n" not in mail.subject and "\r" not in mail.subject and len(mail.subject) <= 255
    assert "Sum$name Bcc: x@evil[.]example ${link} <b>" in mail.subject and "${link}" in mail.text


def test_test_mode_tells_its_own_people_and_keeps_the_mail(world, catalog, settings):
    merchant, promoter = partners.twin_of(world.acme.partner), partners.twin_of(world.northwind.partner)
    twin = catalogs.create(merchant.id, {"title": "Trial", "catalog_code": "trial"})
    promotions.join(promoter, twin.short_code)
    drains.run("mail", settings)
    assert {(mail.partner_id, mail.state) for mail in Mail.select()} == {(merchant.id, "kept")}
    assert told() == both_of("acme", f"{promoter.name} promotes “Trial”")


def test_every_page_that_a_mail_leads_to_is_there(app):
    urls = app.url_map.bind("portal.example")
    for path in (notices.APPLICANT_PAGE, notices.PROMOTION_PAGE, notices.DEAL_PAGE, notices.PROMOTERS_DEAL_PAGE,
                 notices.CANCELED_PAGE, notices.PAYOUT_PAGE, "/account/notifications", "/password-reset"):  # fmt: skip
        urls.match(path.format("NRTHWND22").split("?")[0])
