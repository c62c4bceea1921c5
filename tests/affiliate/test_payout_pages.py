"""Payouts as the merchant sees them: what is open, the preview, paying, runs, statements, taking back."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.payouts import account_changes
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import statement as payout_statement
from portal.domain.affiliate.payouts.tables import Payout, PayoutRun
from tests.affiliate import money, things
from tests.affiliate.counting import queries
from tests.support.cast import PASSWORD


@pytest.fixture
def shop(world):
    return money.shop(world)


@pytest.fixture
def owner(world):
    return world.as_("acme")


def text_of(response) -> str:
    """What is read on the page."""
    main = response.text.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xa0", " ").split())


def seen_on(response) -> list[str]:
    """The sums that the preview's button carries."""
    return re.findall(r'name="seen" value="([^"]+)"', response.text)


def look(owner, *lines):
    """The preview of these lines, at its address; or the way back to the list."""
    answer = owner.post("/payouts/preview", {"chosen": list(lines)})
    return owner.get(answer.location) if "/preview" in answer.location else answer


# What is open


def test_an_empty_list_says_what_stands_here(owner):
    assert "becomes due once the hold of its deal has passed" in owner.get("/payouts").text


@pytest.mark.on_both_engines
def test_what_is_open_is_told_by_promoter_and_currency_with_a_box_where_it_can_be_paid(owner, shop):
    shop.due("a")
    shop.due("yen", currency="JPY")
    page = owner.get("/payouts")
    assert "10.00 USD" in text_of(page) and "10 JPY" in text_of(page) and "No account given yet" in text_of(page)
    assert " checked" not in page.text.partition("<main")[2]
    shop.tell(minimums={"JPY": Decimal(500)})
    page = owner.get("/payouts")
    boxes = dict(re.findall(r'name="chosen" value="([^"]+)"([^>]*)>', page.text))
    assert boxes == {shop.line(): ""}
    assert "Payable" in text_of(page) and "Below the least sum" in text_of(page)


def test_every_list_of_sums_begins_with_the_partners_own_currency(owner, shop):
    for currency in ("JPY", "USD"):
        shop.due(f"paid {currency}", currency=currency)
    owner.post("/payouts/runs", {"seen": seen_on(look(owner, shop.line("JPY"), shop.line()))})
    for currency in ("JPY", "USD"):
        shop.due(f"due {currency}", currency=currency)
    for path in (f"/payouts/runs/{PayoutRun.get().uuid}", "/payouts/runs", "/promoters"):
        said = text_of(owner.get(path))
        assert 0 < said.index(" USD") < said.index(" JPY"), path


def test_the_tiles_add_up_by_currency_and_say_when_something_clears(owner, shop):
    shop.due("a")
    shop.pay(), shop.send()
    shop.due("c"), shop.pay()
    shop.due("b", "200")
    things.deal(shop.catalog, "held", "Paid", "300", another_data="myshare=NRTHWND22")
    text = text_of(owner.get("/payouts"))
    assert "Held 30.00 USD (the first is due in 30 days )" in text
    assert "Due 20.00 USD" in text and "To be sent 10.00 USD" in text and "Paid out 10.00 USD" in text


@pytest.mark.on_both_engines
def test_no_number_of_queries_grows_with_the_lines(owner, shop, world):
    counts = []
    for number, parties in enumerate(([], [world.rival], [world.north, world.wind])):
        for party in parties:
            things.promotion(shop.catalog, party, f"OTHER{party.id}")
            shop.due(f"b{party.id}", another_data=f"myshare=OTHER{party.id}")
        shop.due(f"a{number}")
        counts.append(queries(lambda: owner.get("/payouts")))
    assert counts[1] == counts[2]
    assert "Rival" in text_of(owner.get("/payouts"))


# Preview


def test_the_preview_names_everything_that_will_be_paid(owner, shop):
    shop.tell()
    shop.due("a")
    shop.pay()
    shop.cancel("a")
    shop.due("b", "350")
    text = text_of(look(owner, shop.line()))
    assert "In USD 25.00 USD 1 payout for 2 deals" in text
    assert "Northwind GmbH DE89 3704 0044 0532 0130 00 , Bank" in text
    assert "−10.00 USD of 1 deal" in text
    assert PayoutRun.select().count() == 1


def test_the_preview_says_why_somebody_is_left_out(owner, shop):
    shop.tell(minimums={"USD": Decimal(50)})
    shop.due("a")
    page = look(owner, shop.line())
    assert "It asked for at least 50.00 USD at a time." in text_of(page) and seen_on(page) == []


def test_nothing_chosen_leads_back_to_the_list(owner, shop):
    shop.due("a")
    for chosen in ([], ["nonsense"], ["²3.USD"], ["٣.USD"], ["1.XXX"]):
        assert look(owner, *chosen).location == "/payouts"


def test_without_a_choice_the_preview_is_of_what_can_be_sent(owner, shop):
    shop.due("a")
    assert seen_on(owner.get("/payouts/preview")) == []
    shop.tell()
    assert seen_on(owner.get("/payouts/preview")) == [f"{shop.line()}.1000"]


# Paying


def test_paying_records_what_was_seen_and_leads_to_the_run(owner, shop):
    shop.tell()
    shop.due("a")
    answer = owner.post("/payouts/runs", {"seen": seen_on(look(owner, shop.line()))})
    run = PayoutRun.get()
    assert answer.location == f"/payouts/runs/{run.uuid}"
    text = text_of(owner.get(answer.location))
    assert "Recorded 10.00 USD 1 payout, by Acme Owner" in text and "Payout 1 Northwind 10.00 USD" in text
    assert Payout.get().details["account"] == "DE89370400440532013000"


@pytest.mark.on_both_engines
def test_what_changed_meanwhile_is_left_out_and_told_once(owner, shop):
    shop.due("a")
    shop.due("yen", currency="JPY")
    seen = seen_on(look(owner, shop.line(), shop.line("JPY")))
    shop.due("b")
    place = owner.post("/payouts/runs", {"seen": seen}).location
    told = "Northwind (USD): It changed since you looked: 20.00 USD is due now, not 10.00 USD."
    assert told in text_of(owner.get(place)) and told not in text_of(owner.get(place))
    assert [payout.currency for payout in Payout.select()] == ["JPY"]


def test_what_is_left_out_is_told_on_its_own_run_alone(owner, shop):
    shop.due("a")
    older = shop.pay().run.uuid
    shop.due("b")
    shop.due("yen", currency="JPY")
    seen = [f"{shop.line()}.1", f"{shop.line('JPY')}.10"]
    place = owner.post("/payouts/runs", {"seen": seen}).location
    assert "Left out" not in text_of(owner.get(f"/payouts/runs/{older}"))
    assert "Left out" in text_of(owner.get(place))


def test_when_nobody_can_be_paid_the_preview_comes_back_as_it_is_now(owner, shop):
    shop.due("a")
    seen = seen_on(look(owner, shop.line()))
    shop.due("b")
    answer = owner.post("/payouts/runs", {"seen": seen})
    assert answer.status_code == 422 and "Nothing was recorded" in text_of(answer)
    assert seen_on(answer) == [f"{shop.line()}.2000"]
    assert not PayoutRun.select().exists()


def test_whoever_comes_back_to_a_preview_sees_what_is_still_to_be_paid(owner, shop):
    shop.due("a")
    place = owner.post("/payouts/preview", {"chosen": [shop.line()]}).location
    assert place == f"/payouts/preview?chosen={shop.line()}"
    owner.post("/payouts/runs", {"seen": seen_on(owner.get(place))})
    assert seen_on(owner.get(place)) == []


def test_a_choice_that_no_address_holds_is_kept_as_other_answers_are(owner, shop):
    shop.due("a")
    many = [f"{promoter}.EUR" for promoter in range(10**6, 10**6 + 200)]
    assert seen_on(owner.post("/payouts/preview", {"chosen": [shop.line(), *many]})) == [f"{shop.line()}.1000"]


@pytest.mark.on_both_engines
def test_the_button_pressed_twice_pays_once(owner, shop):
    shop.due("a")
    seen = seen_on(look(owner, shop.line()))
    assert [owner.post("/payouts/runs", {"seen": seen}).status_code for _ in range(2)] == [303, 422]
    assert Payout.select().count() == 1


@pytest.mark.parametrize("seen", [[], ["1"], ["1.USD"], ["x.USD.1"], ["1.USD.-5"], ["1.USD." + "9" * 30]])
def test_what_no_preview_carries_pays_nothing(owner, shop, seen):
    shop.due("a")
    assert owner.post("/payouts/runs", {"seen": seen}).status_code == 422
    assert not PayoutRun.select().exists()


# Runs


def test_the_banks_file_has_what_a_transfer_needs_and_no_formula(owner, shop):
    shop.tell(holder='=HYPERLINK("http://evil.example")')
    shop.due("a")
    shop.due("yen", currency="JPY")
    first = shop.pay()
    rows = money.rows_of(owner.get(f"/payouts/runs/{first.run.uuid}/bank.csv"))
    assert rows[0] == ["Holder", "Account", "Bank", "Amount", "Currency", "Reference", "Warning"]
    holder = '\'=HYPERLINK("http://evil.example")'
    assert sorted(rows[1:]) == [
        [holder, "DE89370400440532013000", "Bank", "10", "JPY", "Payout 1", ""],
        [holder, "DE89370400440532013000", "Bank", "10.00", "USD", "Payout 2", ""],
    ]


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Tokyo", "2026-03-02"), ("UTC", "2026-03-01"), ("America/Lima", "2026-03-01")]
)
def test_the_day_in_the_name_of_a_file_is_the_partners(owner, shop, world, zone, day):
    shop.due("a")
    run = shop.pay().run
    late = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    PayoutRun.update(at=late).execute()
    Partner.update(time_zone=zone).where(Partner.id == world.acme.id).execute()
    answer = owner.get(f"/payouts/runs/{run.uuid}/bank.csv")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=payouts-{day}.csv"


def test_the_banks_file_leaves_out_what_was_taken_back_and_names_who_gave_no_account(owner, shop):
    shop.due("a")
    shop.due("yen", currency="JPY")
    payout = shop.pay()
    owner.post(f"/payouts/{payout.uuid}/reversal", {"reason": "Lost."})
    rows = money.rows_of(owner.get(f"/payouts/runs/{payout.run.uuid}/bank.csv"))
    assert rows[1:] == [["Northwind", "", "", "10", "JPY", "Payout 1", ""]]


def test_an_account_that_is_new_is_told_wherever_money_is_sent(owner, shop, world):
    shop.tell()
    shop.due("a")
    given = {**money.DETAILS, "account": "NEW-1"}
    seen = account_changes.seen(payout_details.of(world.northwind.id))
    user = world.northwind.users["owner"]
    sign_in = sign_ins.find(world.key_of("northwind")).sign_in_id
    account_changes.change(world.northwind.id, given, user.id, sign_in, PASSWORD, seen)
    assert "Account changed just now by Northwind Owner" in text_of(owner.get("/payouts"))
    preview = look(owner, shop.line())
    assert "Money goes to a new account" in text_of(preview) and "by Northwind Owner" in text_of(preview)
    owner.post("/payouts/runs", {"seen": seen_on(preview)})
    payout = Payout.get()
    assert "by Northwind Owner" in text_of(owner.get(f"/payouts/{payout.uuid}"))
    (row,) = money.rows_of(owner.get(f"/payouts/runs/{payout.run.uuid}/bank.csv"))[1:]
    assert row[1] == "NEW-1" and re.fullmatch("New account: changed on .* by Northwind Owner", row[-1])


@pytest.mark.on_both_engines
def test_runs_and_payouts_are_listed_and_narrowed(owner, shop, world):
    assert "No run yet" in text_of(owner.get("/payouts/runs"))
    assert "No payout yet" in text_of(owner.get("/payouts/made"))
    things.promotion(shop.catalog, world.rival, "RIVAL2222")
    shop.due("a")
    shop.due("r", "50", another_data="myshare=RIVAL2222")
    shop.due("yen", currency="JPY")
    shop.pay()
    assert "Acme Owner 3 15.00 USD + 10 JPY" in text_of(owner.get("/payouts/runs"))
    made = text_of(owner.get("/payouts/made"))
    assert all(f"Payout {number}" in made for number in (1, 2, 3))
    rival = owner.get(f"/payouts/made?promoter={world.rival.partner.uuid}").text.partition("<tbody>")[2]
    assert "Rival" in rival and "Northwind" not in rival
    yen = owner.get("/payouts/made?currency=JPY").text.partition("<tbody>")[2]
    assert "JPY" in yen and "USD" not in yen
    assert "No payout fits" in text_of(owner.get(f"/payouts/made?currency=JPY&promoter={world.rival.partner.uuid}"))
    number = Payout.get(Payout.promoter == world.rival.id).number
    for text in ("rival", "RÍV", f"%23{number}", str(number)):
        found = owner.get(f"/payouts/made?q={text}").text.partition("<tbody>")[2]
        assert "Rival" in found and "Northwind" not in found, text
    assert "No payout fits" in text_of(owner.get("/payouts/made?q=nobody"))
    for place in ("before=99999999", "after=0"):
        of_one = owner.get(f"/promoters/{world.rival.partner.uuid}?tab=payouts&{place}")
        assert f"Payout {number}" in text_of(of_one), place
    promoter = world.as_("rival")
    assert f"Payout {number}" in text_of(promoter.get("/rewards/payouts?q=acme"))
    assert "No payout fits" in text_of(promoter.get("/rewards/payouts?q=northwind"))


# Statements


def test_a_statement_tells_both_sides_the_sums_and_every_deal(owner, shop):
    shop.tell(invoice_name="Northwind GmbH", invoice_address="Quay 1\nPort")
    shop.due("a")
    shop.pay()
    shop.cancel("a")
    shop.due("b", "350")
    payout = shop.pay()
    text = text_of(owner.get(f"/payouts/{payout.uuid}"))
    assert "From Acme To Northwind GmbH Quay 1 Port Tax number T7" in text
    assert "Carried over −10.00 USD New 35.00 USD Together 25.00 USD" in text
    assert "Taken back canceled" in text and "2 deals" in text


def test_a_statements_file_has_the_same_lines(owner, shop):
    shop.due("a")
    shop.pay()
    shop.cancel("a")
    deal = shop.due("b", "350")
    payout = shop.pay()
    rows = money.rows_of(owner.get(f"/payouts/{payout.uuid}/lines.csv"))
    day = f"{deal.conversion_time:%Y-%m-%d}"
    named = [row[:5] + row[7:] for row in rows[1:]]
    assert named == [
        ["2", "a", "Spanish A1", "Summer", day, "100.00", "10.00", "-10.00", "USD", "Taken back", "0.00"],
        ["2", "b", "Spanish A1", "Summer", day, "350.00", "35.00", "35.00", "USD", "Reward", "0.00"],
    ]
    assert (rows[1][6], rows[2][6]) == (day, "")


@pytest.mark.on_both_engines
def test_a_long_statement_is_paged_and_says_that_the_file_has_all(owner, shop, monkeypatch):
    for number in range(4):
        shop.due(f"d{number}")
    payout = shop.pay()
    assert "Older" not in text_of(owner.get(f"/payouts/{payout.uuid}"))
    monkeypatch.setattr("portal.affiliate.statements.WHOLE", 3)
    monkeypatch.setattr(payout_statement.key_pages, "MOST", 3)
    page = owner.get(f"/payouts/{payout.uuid}")
    assert "The 3 on this page; the CSV has all of them." in text_of(page)
    older = re.search(r'href="(/payouts/[^"]*before=\d+)"', page.text)[1]
    assert "d0" in text_of(owner.get(older)) and "d3" not in text_of(owner.get(older))


@pytest.mark.on_both_engines
def test_no_number_of_queries_grows_with_the_lines_of_a_statement(owner, shop):
    shop.due("a")
    first = shop.pay()
    for number in range(5):
        shop.due(f"b{number}")
    second = shop.pay()
    assert queries(lambda: owner.get(f"/payouts/{first.uuid}")) == queries(lambda: owner.get(f"/payouts/{second.uuid}"))


# Sending


def test_a_run_is_marked_as_sent_with_its_day_and_reference(owner, shop, world):
    shop.tell()
    shop.due("a")
    payout = shop.pay()
    place, theirs = f"/payouts/runs/{payout.run.uuid}", f"/rewards/payouts/{payout.uuid}"
    assert "Not taken yet" in text_of(owner.get(place)) and "bank.csv" in owner.get(place).text
    assert "DE89370400440532013000" in owner.get(f"{place}/bank.csv").get_data(as_text=True)
    assert "File for the bank Taken" in text_of(owner.get(place)) and "Left to send 1" in text_of(owner.get(place))
    promoter = world.as_("northwind")
    assert "To be sent" in text_of(promoter.get(theirs)) and "Sent Not yet" in text_of(promoter.get(theirs))
    form = owner.get(f"{place}/sent")
    assert "10.00 USD in 1 payout" in text_of(form) and "each promoter in it is told by mail" in text_of(form)
    wrong = owner.post(f"{place}/sent", {"day": "2999-01-01"})
    assert wrong.status_code == 422 and "Choose today or a day before" in text_of(wrong)
    assert owner.post(f"{place}/sent", {"day": ""}).status_code == 422
    day = (clock.now() - timedelta(days=1)).date()
    assert owner.post(f"{place}/sent", {"day": f"{day}", "reference": "SEPA 7"}).location == place
    assert "Left to send 0" in text_of(owner.get(place)) and "bank.csv" not in owner.get(place).text
    shown = text_of(promoter.get(theirs))
    assert f"Sent {day.day} {day:%b %Y} Reference SEPA 7" in shown
    again = owner.post(f"{place}/sent", {"day": f"{day}"})
    assert again.status_code == 422 and "left to send" in text_of(again)


def test_one_payout_is_marked_as_sent_from_its_own_page(owner, shop):
    shop.due("a")
    place = f"/payouts/{shop.pay().uuid}"
    assert f'href="{place}/sent"' in owner.get(place).text
    assert "10.00 USD to Northwind" in text_of(owner.get(f"{place}/sent"))
    assert owner.post(f"{place}/sent", {"day": f"{clock.now().date()}"}).location == place
    page = owner.get(place)
    assert f'href="{place}/sent"' not in page.text and "Sent" in text_of(page)
    assert "Payout 1" in text_of(owner.get("/payouts/made?state=sent"))
    assert "No payout fits" in text_of(owner.get("/payouts/made?state=recorded"))


def test_a_payout_is_recorded_and_its_file_taken_in_three_actions_from_the_start_page(owner, shop, world):
    things.promotion(shop.catalog, world.rival, "RIVAL2222")
    shop.tell()
    shop.due("a")
    shop.due("r", another_data="myshare=RIVAL2222")
    start = owner.get("/").text
    assert "1 promoter has rewards that can be paid" in start and 'href="/payouts/preview"' in start
    preview = owner.get("/payouts/preview")
    assert "Rival 10.00 USD It has not said where its money goes." in text_of(preview)
    run = owner.post("/payouts/runs", {"seen": seen_on(preview)}).location
    assert f'href="{run}/bank.csv"' in owner.get(run).text
    assert "1 payout is recorded and to be sent" in owner.get("/").text


@pytest.mark.on_both_engines
def test_only_what_can_be_paid_waits_in_the_inbox_and_is_counted_in_the_menu(owner, shop, world):
    def told():
        page = owner.get("/inbox").text
        said = "have rewards that can be paid" in page or "has rewards that can be paid" in page
        return said, re.search(r'<span class="nav-count">(\d*)<', page)[1]

    shop.due("a")
    assert told() == (False, ""), "No account is given."
    shop.tell(minimums={"USD": Decimal("10.01")})
    assert told() == (False, ""), "It is less than the least sum."
    shop.due("b", cost="0.10")
    assert told() == (True, "1")
    shop.cancel("a")
    assert told() == (False, ""), "Less than the least sum again."
    shop.tell()
    assert told() == (True, "1")
    shop.cancel("b")
    assert told() == (False, "")


def test_a_wrong_reference_is_corrected_on_a_page_of_the_payout(owner, shop, world):
    shop.tell()
    shop.due("a")
    place = f"/payouts/{shop.pay().uuid}"
    assert f"{place}/correction" not in owner.get(place).text, "It is not sent yet."
    shop.send()
    assert f'href="{place}/correction"' in owner.get(place).text
    form = owner.get(f"{place}/correction").text
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', form)[1]
    given = {"day": f"{clock.now():%Y-%m-%d}", "reference": "SEPA 8", "seen": seen}
    assert "SEPA 8" in text_of(owner.get(owner.post(f"{place}/correction", given).location))
    again = owner.post(f"{place}/correction", given | {"reference": "SEPA 9"})
    assert "corrected a moment ago" in owner.get(again.location).text if again.location else again.text
    assert world.as_("acme", "viewer").post(f"{place}/correction", given).status_code == 403


# Taking back


def test_taking_back_names_what_happens_and_asks_for_a_reason(owner, shop):
    shop.due("a")
    place = f"/payouts/{shop.pay().uuid}"
    asked = text_of(owner.get(f"{place}/reversal"))
    assert "10.00 USD to Northwind is no longer to be sent" in asked and "(1 deal) is due again" in asked
    assert owner.post(f"{place}/reversal", {"reason": " "}).status_code == 422
    assert Payout.get().reversed_at is None
    assert owner.post(f"{place}/reversal", {"reason": "Wrong account"}).location == place
    page = owner.get(place)
    assert "Reason: Wrong account" in text_of(page) and f"{place}/reversal" not in page.text
    assert "Due 10.00 USD" in text_of(owner.get("/payouts"))
    again = owner.post(f"{place}/reversal", {"reason": "Again"})
    assert again.status_code == 422 and "taken back already" in text_of(again)


# Who


def test_each_role_sees_what_it_may(world, shop):
    shop.due("a")
    payout = shop.pay()
    shop.due("b")
    run = payout.run.uuid
    read = ["/payouts", "/payouts/made", "/payouts/runs", f"/payouts/runs/{run}", f"/payouts/{payout.uuid}"]
    acts = ["/payouts/preview", "/payouts/runs", f"/payouts/{payout.uuid}/reversal", f"/payouts/{payout.uuid}/sent"]
    acts.append(f"/payouts/runs/{run}/sent")
    for role, may_read, may_act in (
        ("manager", True, True), ("viewer", True, False), ("cashier", False, False),
    ):  # fmt: skip
        visitor = world.as_("acme", role)
        for place in [*read, f"/payouts/{payout.uuid}/lines.csv"]:
            assert visitor.get(place).status_code == (200 if may_read else 403), (role, place)
        for place in acts:
            assert (visitor.post(place).status_code == 403) != may_act, (role, place)
        assert (visitor.get(f"/payouts/runs/{run}/bank.csv").status_code == 200) == may_act
    for place in read:
        main = world.as_("acme", "viewer").get(place).text.partition("<main")[2]
        assert 'method="post"' not in main and "reversal" not in main and "bank.csv" not in main, place


def test_nobody_else_finds_a_payout_or_a_run(world, shop):
    shop.due("a")
    payout = shop.pay()
    missing = "00000000-0000-4000-8000-000000000000"
    for who in ("rival", "northwind"):  # The promoter has a page of its own.
        visitor = world.as_(who)
        for place in ("/payouts/{}", "/payouts/{}/lines.csv", "/payouts/{}/reversal", "/payouts/{}/sent"):
            foreign, nothing = visitor.get(place.format(payout.uuid)), visitor.get(place.format(missing))
            assert (foreign.status_code, foreign.data) == (404, nothing.data), place
        for place in ("/payouts/runs/{}", "/payouts/runs/{}/bank.csv", "/payouts/runs/{}/sent"):
            foreign, nothing = visitor.get(place.format(payout.run.uuid)), visitor.get(place.format(missing))
            assert (foreign.status_code, foreign.data) == (404, nothing.data), place
        assert visitor.post(f"/payouts/{payout.uuid}/reversal", {"reason": "Mine"}).status_code == 404
    assert Payout.get().reversed_at is None


def test_without_the_forms_token_nothing_is_paid(owner, shop):
    shop.due("a")
    assert owner.post_without_token("/payouts/runs", {"seen": [f"{shop.line()}.1000"]}).status_code == 400
    assert not PayoutRun.select().exists()


def test_hostile_text_stays_text(owner, shop):
    shop.tell(holder=things.HOSTILE, invoice_name=things.HOSTILE, invoice_address=things.HOSTILE)
    shop.due("a")
    pages = [look(owner, shop.line()).text]
    payout = shop.pay()
    pages.append(owner.get(f"/payouts/{payout.uuid}").text)
    owner.post(f"/payouts/{payout.uuid}/reversal", {"reason": things.HOSTILE})
    pages.append(owner.get(f"/payouts/{payout.uuid}").text)
    for page in pages:
        assert "&lt;script&gt;" in page and "<script>alert" not in page and "<img src=x" not in page
