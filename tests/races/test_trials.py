"""Many who make the first test deal at once share one copy of the catalog and one sample promoter."""

import pytest

from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.trials.sample_promoter import SLUG
from portal.domain.offers.tables import Catalog
from tests.races.control import is_lost
from tests.races.merchant import Merchant

pytestmark = pytest.mark.races


def test_test_deals_that_are_made_at_once_share_what_they_need(merchant, crowd):
    with merchant.server.connected():
        catalog = Catalog.get(Catalog.partner == merchant.partner.id)
    made = crowd.all("make_test_deal", catalog.id)
    assert len(made) == 16 and all(made)
    with merchant.server.connected():
        twin = Partner.get(Partner.live_partner == merchant.partner.id)
        copy = Catalog.get(Catalog.partner == twin.id)
        assert Catalog.select().where(Catalog.partner == twin.id).count() == 1
        assert Promotion.select().where(Promotion.catalog == copy).count() == 1
        assert Deal.select().where(Deal.partner == twin.id).count() == 16
        assert Deal.select().where(Deal.partner == merchant.partner.id).count() == 0
        assert Partner.select().where(Partner.slug == SLUG).count() == 1


def test_without_the_guard_some_are_refused_what_others_are_making(unguarded, unguarded_crowd):
    def play(_):
        merchant = Merchant(unguarded.server)  # Each has a test mode in which nothing stands yet.
        with merchant.server.connected():
            catalog = Catalog.get(Catalog.partner == merchant.partner.id)
        return not all(unguarded_crowd.all("make_test_deal", catalog.id))

    assert is_lost(play)
