"""Who is told what by mail."""

import pytest

from portal.domain.affiliate import catalogs
from portal.domain.affiliate.tables import Promotion
from portal.domain.mail.tables import Mail
from tests.support import things


@pytest.fixture
def catalog(world):
    return catalogs.find(world.acme.id, things.of(world.acme).names["short_code"])


def test_promoters_are_told_once_that_a_catalog_was_unpublished(world, catalog):
    Promotion.create(uid="NRTHWND22", catalog=catalog, promoter=world.northwind.partner)
    Promotion.create(uid="RVLRVL222", catalog=catalog, promoter=world.rival.partner, state="ended")
    for published in (False, False, True):
        catalogs.change(catalog, {"is_published": published})
    assert [(mail.to, mail.partner_id) for mail in Mail.select()] == [("owner@northwind.example", world.acme.id)]
    assert "Things" in Mail.get().subject and "take them off your pages" in Mail.get().text


def test_other_changes_tell_nobody(world, catalog):
    Promotion.create(uid="NRTHWND22", catalog=catalog, promoter=world.northwind.partner)
    catalogs.change(catalog, {"title": "Other"})
    assert Mail.select().count() == 0
