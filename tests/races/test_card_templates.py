"""Sixteen people of a company design templates at once: there are never more than its tariff allows."""

from types import SimpleNamespace

import pytest

from portal.domain.cards.templates.tables import CardTemplate
from tests.races.control import is_lost
from tests.support import loyalty

pytestmark = pytest.mark.races
ALLOWED = 3


def designed(merchant, crowd) -> tuple[int, int]:
    """How many of the crowd are told that they made one, and how many there are."""
    with merchant.server.connected():
        reseller = SimpleNamespace(id=merchant.partner.id, partner=merchant.partner)
        company = loyalty.company(reseller, loyalty.tariff(reseller, templates=ALLOWED)).company.partner_id
    told = sum(crowd.all("make_card_template", company))
    with merchant.server.connected():
        return told, CardTemplate.select().where(CardTemplate.partner == company).count()


def test_a_company_has_as_many_templates_as_its_tariff_allows(merchant, crowd):
    assert designed(merchant, crowd) == (ALLOWED, ALLOWED)


def test_without_the_guard_it_has_more(unguarded, unguarded_crowd):
    assert is_lost(lambda _: designed(unguarded, unguarded_crowd)[1] > ALLOWED)
