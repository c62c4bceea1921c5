"""Companies under a crowd: one of a mail address, none with more than its tariff, and no card in one that is gone."""

from collections import Counter

import pytest

from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies import used
from portal.domain.cards.companies.tables import Company, Tariff
from tests.races.control import is_lost
from tests.support import loyalty
from tests.support.cast import Party

pytestmark = pytest.mark.races
CLIENTS = 8


def reseller(merchant) -> Party:
    return Party(Partner.get_by_id(merchant.partner.id), {}, merchant.token)


def made_of(merchant, crowd, name: str) -> int:
    """How many companies of one mail address a crowd makes."""
    with merchant.server.connected():
        tariff = loyalty.tariff(reseller(merchant))
    done = crowd.all("make_company", merchant.partner.id, tariff.id, f"{name}@{merchant.uid.lower()}.example")
    with merchant.server.connected():
        assert Company.select().where(Company.tariff == tariff).count() == sum(done)
    return sum(done)


def test_of_all_who_make_a_company_of_one_mail_one_does(merchant, crowd):
    assert [made_of(merchant, crowd, f"mail-{round_}") for round_ in range(2)] == [1, 1]


def test_without_the_guard_a_mail_has_several_companies(unguarded, unguarded_crowd):
    assert is_lost(lambda name: made_of(unguarded, unguarded_crowd, name) > 1)


def overfull(merchant, crowd) -> bool:
    """Whether a company has more templates than its tariff allows, which a crowd fills and makes smaller."""
    with merchant.server.connected():
        party = reseller(merchant)
        large, small = loyalty.tariff(party), loyalty.tariff(party, name="Small", templates=1)
        company = loyalty.company(party, large).company
    crowd.all("fill_or_shrink", merchant.partner.id, company.partner_id, small.id)
    with merchant.server.connected():
        allowed = Tariff.get_by_id(Company.get_by_id(company.partner_id).tariff_id).templates
        return used.present("templates", company.partner_id) > allowed


def test_a_tariff_is_not_made_smaller_than_what_is_made_meanwhile(merchant, crowd):
    assert not any(overfull(merchant, crowd) for _ in range(3))


def test_without_the_guard_a_company_has_more_than_its_tariff(unguarded, unguarded_crowd):
    assert is_lost(lambda name: overfull(unguarded, unguarded_crowd))


def test_no_card_is_issued_in_a_company_that_is_deleted_meanwhile(merchant, crowd):
    for _ in range(3):
        with merchant.server.connected():
            company = loyalty.company(reseller(merchant)).company
            template = loyalty.template(Party(company.partner, {}, ""))
            members = [loyalty.customer(Party(company.partner, {}, ""), f"C{number}").id for number in range(CLIENTS)]
        told = Counter(crowd.all("issue_or_delete", merchant.partner.id, company.partner_id, template.id, members))
        with merchant.server.connected():
            is_gone = Company.get_by_id(company.partner_id).deleted_at is not None
            cards = Card.select().where(Card.partner == company.partner_id, Card.deleted_at.is_null()).count()
        assert not (is_gone and cards), told
