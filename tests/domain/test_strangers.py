"""One person cannot make the portal write to strangers without bound, nor anybody to one address; an address is proved first."""

from datetime import timedelta

import pytest

from portal.domain.accounts.tables import Membership, User
from portal.domain.accounts.team import invitations, team
from portal.domain.accounts.team.tables import Invitation
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.promotions import handing_on, promotions
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.affiliate.questions import questions
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.mail import counts, floods, stops, strangers
from portal.domain.mail.tables import Mail, MailCount
from portal.domain.offers import catalogs
from tests.account.test_team_race import at_once

MIA = "mia@members.example"


def invite(party, mail=MIA) -> Invitation:
    return invitations.invite(party.partner, mail, "viewer", party.users["owner"].id, str)


def unprove(user) -> int:
    User.update(proved_at=None).where(User.id == user.id).execute()
    return user.id


def make_older(**past) -> None:
    MailCount.update(since=MailCount.since - timedelta(**past) // timedelta(microseconds=1)).execute()


# An address is proved before it writes to anybody


def test_who_is_not_proved_invites_nobody_and_hears_what_to_do(world):
    owner = unprove(world.acme.users["owner"])
    with pytest.raises(Refused, match="not proved yet"):
        invite(world.acme)
    User.update(proved_at=1).where(User.id == owner).execute()
    row = invite(world.acme)
    unprove(world.acme.users["owner"])
    Invitation.update(sent_at=0).execute()
    with pytest.raises(Refused, match="not proved yet"):
        invitations.invite_again(world.acme.id, row.id, owner, str)
    assert Mail.select().count() == 1 and MailCount.select().where(MailCount.used > 1).count() == 0


def test_nor_asks_answers_applies_decides_or_makes_a_token(world, market):
    market.report("Paid")
    question = questions.ask(world.northwind.id, market.deal().uuid, "When?")
    catalog = catalogs.create(
        world.acme.id, {"title": "Other", "catalog_code": "other", "moderation_type": "MANUAL_MODERATION"}
    )
    applied = promotions.join(world.rival.partner, catalog.short_code)
    Mail.delete().execute()
    acts = {
        "northwind": [
            lambda: questions.ask(world.northwind.id, market.deal().uuid, "Why?"),
            lambda: promotions.join(world.northwind.partner, catalog.short_code),
        ],
        "acme": [
            lambda: questions.answer(world.acme.id, question.uuid, "Soon."),
            lambda: promotions.approve(applied),
            lambda: promotions.refuse(applied),
        ],
    }
    for who, of_it in acts.items():
        person = unprove(getattr(world, who).users["owner"])
        log.acting_as(f"user:{person}")
        for act in of_it:
            with pytest.raises(Refused, match="not proved yet"):
                act()
    with pytest.raises(Refused, match="not proved yet"):
        tokens.make(world.acme.partner, "t", list(PERMITS), created_by=world.acme.users["owner"].id)
    assert not Mail.select().exists() and Promotion.get_by_id(applied.id).state == "waiting"
    assert DealQuestion.select().where(DealQuestion.answer.is_null()).count() == 1


def test_in_test_mode_one_tries_things_before_that(world):
    log.acting_as(f"user:{unprove(world.northwind.users['owner'])}")
    twin = catalogs.create(world.acme.twin().id, {"title": "Trial", "catalog_code": "trial"})
    assert promotions.join(world.northwind.twin().partner, twin.short_code)


# Bounds


def test_an_address_gets_a_few_a_day_whoever_sends_them_and_what_is_refused_counts_for_nobody(world, monkeypatch):
    monkeypatch.setattr(strangers, "A_RECEIVER_A_DAY", 2)
    for party in (world.acme, world.rival):
        invite(party)
    for _ in range(3):
        with pytest.raises(Refused, match="has got 2 mails like this today"):
            invite(world.northwind)
    assert Mail.select().count() == 2 and Invitation.select().count() == 2
    senders = MailCount.select().where(MailCount.kind == strangers.BY_PARTNER)
    assert {row.who: row.used for row in senders} == {str(world.acme.id): 1, str(world.rival.id): 1}
    invite(world.northwind, "somebody@else.example")
    make_older(days=1)
    invite(world.northwind)


@pytest.mark.parametrize(
    ("bound", "says"), [("A_PERSON_A_DAY", "You can invite 2 people"), ("A_PARTNER_A_DAY", "A team can invite 2")]
)
def test_a_sender_writes_to_so_many_a_day(world, monkeypatch, bound, says):
    monkeypatch.setattr(strangers, bound, 2)
    for number in range(2):
        invite(world.acme, f"n{number}@x.example")
    with pytest.raises(Refused, match=says):
        invite(world.acme)
    invite(world.rival)
    make_older(days=1)
    invite(world.acme)


def test_sending_an_invitation_again_counts_as_one_more(world, monkeypatch):
    monkeypatch.setattr(strangers, "A_RECEIVER_A_DAY", 1)
    row = invite(world.acme)
    Invitation.update(sent_at=0).execute()
    with pytest.raises(Refused, match="today"):
        invitations.invite_again(world.acme.id, row.id, world.acme.users["owner"].id, str)
    assert Mail.select().count() == 1 and invitations.of_key(row.key_digest) is None


def test_the_operator_is_told_how_many_cards_strangers_asked_for_and_whose_forms_were_used_most(world, monkeypatch):
    monkeypatch.setattr(strangers, "_an_hour", 1)
    askers = [(world.acme, "n"), (world.rival, "n"), (world.northwind, "m"), (world.acme, "o")]
    asked = [strangers.may_ask_for_card(party.id, network) for party, network in askers]
    assert asked == [True, True, True, False] and floods.cards_lately() is None
    assert "3 cards were asked for by forms; 5 may be." in world.as_("operator").get("/operator/mail").text
    monkeypatch.setattr(strangers, "_CARDS", 3)
    assert {(one.name, one.used) for one in floods.cards_lately().senders} == {
        ("Acme", 1),
        ("Rival", 1),
        ("Northwind", 1),
    }
    page = world.as_("operator").get("/operator/mail").text
    assert "The bound of 3 cards an hour was reached" in page and "invitations an hour was reached" not in page


def test_the_installation_sends_so_many_an_hour_and_its_operator_is_told_and_not_bound(world, monkeypatch):
    monkeypatch.setattr(strangers, "_an_hour", 2)
    assert floods.lately() is None
    for number in range(2):
        invite(world.acme, f"n{number}@x.example")
    with pytest.raises(Refused, match="no more invitations within this hour"):
        invite(world.rival)
    reached = floods.lately()
    assert [(one.name, one.used) for one in reached.senders] == [("Acme", 2)]
    page = world.as_("operator").get("/operator/mail").text
    assert "The bound of 2 invitations an hour was reached" in page and "UNASKED_MAIL_LIMIT" in page
    User.update(is_operator=True).where(User.id == world.rival.users["owner"].id).execute()
    invite(world.rival)
    make_older(hours=1)
    invite(world.northwind)
    assert counts.used(strangers.of_all()) == 1


def test_many_at_the_same_moment_are_bounded_exactly(world, monkeypatch):
    monkeypatch.setattr(strangers, "A_RECEIVER_A_DAY", 3)
    parties = (world.acme, world.rival, world.northwind, world.north, world.wind)
    acts = [lambda party=party: invite(party) for party in parties]
    acts += [lambda party=party: invite(party, "n1@x.example") for party in parties]
    outcomes = at_once(*acts)
    assert outcomes.count(True) == 6 == Mail.select().count()
    assert sorted(row.used for row in MailCount.select().where(MailCount.kind == "unasked to one")) == [3, 3]


def test_a_partner_joins_so_many_catalogs_a_day(world, monkeypatch):
    monkeypatch.setattr(strangers, "APPLICATIONS_A_DAY", 1)
    made = [
        catalogs.create(world.acme.id, {"title": f"C{n}", "catalog_code": f"c{n}", "moderation_type": "FREE_ENTRY"})
        for n in range(2)
    ]
    promotion = promotions.join(world.northwind.partner, made[0].short_code)
    with pytest.raises(Refused, match="1 catalogs? a day"):
        promotions.join(world.northwind.partner, made[1].short_code)
    promotions.end(promotion, promotions.BY_PROMOTER)
    with pytest.raises(Refused):
        promotions.join(world.northwind.partner, made[0].short_code)
    promotions.join(world.rival.partner, made[1].short_code)


def test_one_partner_fills_nobodys_letterbox_and_its_acts_go_on(world, monkeypatch):
    monkeypatch.setattr(strangers, "FROM_ONE_A_DAY", 3)
    viewer = Membership.get(Membership.user == world.acme.users["viewer"])
    for number in range(6):
        team.change_role(world.acme.id, viewer.id, ("cashier", "manager")[number % 2], world.acme.users["owner"].id)
    assert Mail.select().where(Mail.to == "viewer@acme.example").count() == 3
    catalog = catalogs.create(world.acme.id, {"title": "C", "catalog_code": "c", "moderation_type": "FREE_ENTRY"})
    promotion = promotions.join(world.northwind.partner, catalog.short_code)
    for _ in range(3):
        promotion = promotions.approve(promotions.end(promotion, promotions.BY_MERCHANT))
    assert Mail.select().where(Mail.to == "owner@northwind.example").count() == 3
    assert Promotion.get_by_id(promotion.id).state == "approved"


def test_codes_that_are_handed_on_back_and_forth_fill_none_either(world, market, monkeypatch):
    monkeypatch.setattr(strangers, "FROM_ONE_A_DAY", 3)
    other, code = promotions.join(world.rival.partner, market.catalog.short_code), PromoCode.get()
    for _ in range(3):
        former, code = Promotion.get_by_id(code.promotion_id), PromoCode.get_by_id(code.id)
        to = other if former == market.promotion else market.promotion
        promotions.end(former, promotions.BY_MERCHANT)
        assert handing_on.hand_on(code, market.catalog, to.uid) == to
        promotions.approve(Promotion.get_by_id(former.id))
        code = PromoCode.get_by_id(code.id)
    for party in ("northwind", "rival"):
        assert Mail.select().where(Mail.to == f"owner@{party}.example").count() == 3


# Who wants no more


def test_who_wants_no_more_gets_no_more_until_they_allow_it(world):
    stops.stop(MIA), stops.stop(MIA)
    with pytest.raises(Refused, match="wants no mail from people whom they do not know"):
        invite(world.acme)
    assert not Mail.select().exists() and not MailCount.select().exists()
    invite(world.acme, "somebody@else.example")
    stops.allow(MIA)
    invite(world.acme)
