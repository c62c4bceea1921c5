"""Canceled deals are told together, a quarter of an hour after the first."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.database import drop_connection
from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.partners import partners
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.notices import gathered as gathered_notices
from portal.domain.affiliate.notices.tables import GatheredNotice
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.refunds import refunds
from portal.domain.mail import strangers
from portal.domain.mail.tables import Mail
from portal.domain.offers import catalogs, offers
from portal.worker import drains
from tests.affiliate.counting import queries
from tests.domain.conftest import begin, market  # noqa: F401 - fixtures

pytestmark = pytest.mark.on_both_engines

HOME = "http://127.0.0.1:8000"


@pytest.fixture
def canceled(market):  # noqa: F811
    """Cancel so many of northwind's deals."""

    def cancel(count: int, first: int = 0) -> None:
        for number in range(first, first + count):
            market.report("Paid", deal_id=f"d{number}")
            market.update("Canceled", deal_id=f"d{number}")

    return cancel


def pass_by(waits: timedelta = gathered_notices.WAITS) -> None:
    """So much time passes."""
    for row in GatheredNotice.select():
        GatheredNotice.update(at=row.at - waits).where(GatheredNotice.id == row.id).execute()


def mails() -> list[Mail]:
    return list(Mail.select().order_by(Mail.id))


def test_one_mail_a_person_tells_of_all_after_a_quarter_of_an_hour(world, canceled, settings):
    canceled(2)
    pass_by(gathered_notices.WAITS - timedelta(minutes=1))
    canceled(1, first=2)
    drains.run("notices", settings)
    assert mails() == []
    pass_by(timedelta(minutes=1))
    for _ in range(2):
        drains.run("notices", settings)
    assert [mail.to for mail in mails()] == ["owner@northwind.example", "manager@northwind.example"]
    mail = mails()[0]
    assert mail.share == world.acme.id, "It takes its turn among the mails that the merchant causes."
    assert mail.subject == "3 of your deals were canceled"
    for deal in Deal.select():
        assert f"- Plan, Acme\n  {HOME}/for/northwind/promotions/deals/{deal.uuid}\n" in mail.text
    assert f"All canceled deals of Northwind:\n\n{HOME}/for/northwind/promotions/deals?status=Canceled" in mail.text
    assert GatheredNotice.select().count() == 0


def test_one_deal_is_told_in_its_own_words(canceled, settings):
    canceled(1)
    pass_by()
    drains.run("notices", settings)
    assert mails()[0].subject == "A deal of yours was canceled"
    assert mails()[0].text.startswith("Hello Northwind Owner,\n\nA deal that you brought was canceled. ")


def test_a_deal_that_is_returned_in_parts_is_told_once_and_leads_to_its_page(market, world, settings):  # noqa: F811
    deal = market.approved()
    for _ in range(2):
        refunds.give_back(world.acme.id, "d", Decimal(10))
    pass_by()
    drains.run("notices", settings)
    mail = mails()[0]
    assert mail.subject == "A part of a deal of yours was returned" and len(mails()) == 2
    assert mail.text.count("- Plan, Acme") == 1 and f"/promotions/deals/{deal.uuid}\n" in mail.text
    assert GatheredNotice.select().count() == 0


def test_twenty_are_listed_and_the_rest_counted(canceled, settings):
    canceled(23)
    pass_by()
    drains.run("notices", settings)
    text = mails()[0].text
    assert text.count("- Plan, Acme") == 20 and "- and 3 more" in text
    assert mails()[0].subject == "23 of your deals were canceled" and len(mails()) == 2


def test_a_merchant_that_had_too_much_mailed_hides_no_other_merchants_deals(world, canceled, settings, monkeypatch):
    monkeypatch.setattr(strangers, "FROM_ONE_A_DAY", 0)
    canceled(1)
    pass_by()
    drains.run("notices", settings)
    assert mails() == []
    canceled(1, first=1)
    catalog = catalogs.create(world.rival.id, {"title": "Other", "catalog_code": "other"})
    terms.create(
        world.rival.id, {"name": "Plan", "reward_percent": Decimal(20)}, catalog.uuid, [offers.Price(Decimal(9), "USD")]
    )
    uid = promotions.join(world.northwind.partner, catalog.short_code).uid
    Mail.delete().execute()
    said = deals.Report("Paid", "Plan", Decimal(9), "USD", "r", "other", another_data=f"myshare={uid}")
    deals.report(world.rival.id, said)
    deals.update(world.rival.id, "r", "Canceled")
    pass_by()
    drains.run("notices", settings)
    assert {mail.subject for mail in mails()} == {"2 of your deals were canceled"}
    assert "Plan, Rival" in mails()[0].text


def test_what_the_worker_cancels_is_told_too(market, settings):  # noqa: F811
    for number in range(3):
        market.report("Created", deal_id=f"d{number}")
    Deal.update(due_at=0).execute()
    drains.run("deals", settings)
    pass_by()
    drains.run("notices", settings)
    assert {mail.subject for mail in mails()} == {"3 of your deals were canceled"}


def test_nobodys_deals_and_ones_own_are_not_gathered(market, world):  # noqa: F811
    own = promotions.join(world.acme.partner, market.catalog.short_code)
    market.report("Paid", deal_id="nobody", another_data="")
    market.report("Paid", deal_id="own", another_data=f"myshare={own.uid}")
    for deal_id in ("nobody", "own"):
        market.update("Canceled", deal_id=deal_id)
    assert GatheredNotice.select().count() == 0


def test_where_nobody_wants_it_it_is_forgotten(world, canceled, settings):
    for user in world.northwind.users.values():
        if notification_choices.of(user.id):
            notification_choices.choose(user.id, world.northwind.id, set())
    canceled(2)
    pass_by()
    drains.run("notices", settings)
    assert (mails(), GatheredNotice.select().count()) == ([], 0)


def test_a_refused_cancellation_leaves_nothing(market):  # noqa: F811
    market.report("Paid")
    market.update("Canceled")
    market.update("Canceled")
    assert GatheredNotice.select().count() == 1


def test_several_workers_tell_once(canceled, settings):
    canceled(5)
    pass_by()
    gate = threading.Barrier(4)

    def work():
        gate.wait()
        drains.run("notices", settings)
        drop_connection()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [mail.subject for mail in mails()] == ["5 of your deals were canceled"] * 2


def test_test_modes_own_clock_does_not_hurry_it_and_nothing_leaves_the_house(world, settings):
    merchant, promoter = partners.twin_of(world.acme.partner), partners.twin_of(world.northwind.partner)
    catalog = catalogs.create(merchant.id, {"title": "Trial", "catalog_code": "trial"})
    terms.create(
        merchant.id, {"name": "Plan", "reward_percent": Decimal(20)}, catalog.uuid, [offers.Price(Decimal(100), "USD")]
    )
    uid = promotions.join(promoter, catalog.short_code).uid
    Mail.delete().execute()
    with clock.acting(90 * 86_400):
        said = deals.Report("Paid", "Plan", Decimal(100), "USD", "t", "trial", another_data=f"myshare={uid}")
        deals.report(merchant.id, said)
        deals.update(merchant.id, "t", "Canceled")
    drains.run("notices", settings)
    assert mails() == []
    pass_by()
    drains.run("notices", settings)
    drains.run("mail", settings)
    assert {(mail.partner_id, mail.state) for mail in mails()} == {(promoter.id, "kept")}


def test_cancelling_costs_one_query_more_whoever_is_told(market):  # noqa: F811
    for deal_id, link in (("northwinds", "myshare=BDGSYEHVX"), ("nobodys", "")):
        market.report("Created", deal_id=deal_id, another_data=link)
    costs = [queries(lambda name=name: market.update("Canceled", deal_id=name)) for name in ("northwinds", "nobodys")]
    assert costs[0] == costs[1] + 1
