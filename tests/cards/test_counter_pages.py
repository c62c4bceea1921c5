"""The counter: a card is found, what may be done stands on buttons, each is done once and can be undone for a minute."""

import gzip
import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.locations import locations
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.counter import codes
from portal.domain.cards.operations import booking, moving
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import RewardTier
from portal.domain.identifiers import new_uuid
from tests.support import loyalty, pseudo
from tests.support.loyalty import NEEDS


@pytest.fixture
def stamps(world):
    """A stamp card of Mia's."""
    template = loyalty.template(world.acme, 0, name="Coffee")
    mia = loyalty.customer(world.acme, "Mia", surname="Berger", phone="+49 (0)151 23456789", mail="mia@example.com")
    return cards.issue(world.acme.id, mia.id, template.id)


@pytest.fixture
def cashier(world):
    return world.as_("acme", "cashier")


def place(card, rest="") -> str:
    return f"/counter/cards/{card.serial}{rest}"


def send(visitor, card, verb, once=None, **typed):
    """Look what it does, and do it; the answer to the second."""
    typed = {"request": once or new_uuid(), **typed}
    seen = re.search(r'name="seen" value="(\w+)"', visitor.post(place(card, f"/{verb}"), typed).text)
    return visitor.post(place(card, f"/{verb}"), typed | {"seen": seen[1] if seen else ""})


def now(card) -> Card:
    return Card.get_by_id(card.id)


def test_a_cashier_lands_at_the_counter_and_nowhere_else(world, cashier, stamps):
    assert cashier.get("/").location == "/counter"
    for other in (
        "/cards",
        "/customers",
        f"/cards/{stamps.serial}",
        "/deals",
        "/templates",
        f"/cards/{stamps.serial}/operations/new",
    ):
        assert cashier.get(other).status_code == 403, other
    assert world.as_("acme", "viewer").get("/counter").status_code == 403
    for role in ("owner", "manager"):
        page = world.as_("acme", role).get("/catalogs").text
        assert page.count('href="/counter"') == 2  # at the foot of the menu, and in the bar of a phone
    assert 'href="/counter"' not in world.as_("acme", "viewer").get("/catalogs").text


def test_a_card_is_found_by_its_number_in_any_notation_by_name_and_by_phone(world, cashier, stamps):
    digits = stamps.serial.replace("-", "")
    for text in (stamps.serial, digits, f"{digits[:4]} {digits[4:8]} {digits[8:]}"):
        assert cashier.get(f"/counter?q={text}").location == place(stamps), text
    assert cashier.get(f"/counter?q={digits}", htmx=True).headers["HX-Redirect"] == place(stamps)
    for text in ("Berger mi", "0151 234", "6789", "%2B49 151 23456789", digits[-4:]):
        assert place(stamps) in cashier.get(f"/counter?q={text}").text, text
    other = loyalty.card(world.rival)
    for text in (other.serial, "nobody"):
        answer = cashier.get(f"/counter?q={text}")
        assert answer.status_code == 200 and "No card fits" in answer.text, text
    for foreign in ("", "/add-stamp", "/add-stamp/foreseen"):
        answers = [cashier.get(f"/counter/cards/{serial}{foreign}") for serial in (other.serial, "939829-317-169")]
        assert [answer.status_code for answer in answers] == [404, 404]


def test_the_code_on_a_customers_phone_opens_the_card_and_a_picture_of_it_does_not(world, cashier, stamps, monkeypatch):
    text = codes.code_of(stamps).text
    opened = cashier.get(f"/counter?q={text}&by=camera").location
    assert opened.startswith(place(stamps)) and "A live code" in cashier.get(opened).text
    still = cashier.get(f"/counter?q={codes.still_of(stamps)}&by=camera").location
    assert "Not live" in cashier.get(still).text
    for foreign in (codes.code_of(loyalty.card(world.rival)).text, text[:-1] + ("A" if text[-1] != "A" else "B")):
        assert "No card fits" in cashier.get(f"/counter?q={foreign}").text
    wall = clock.wall_micros()
    monkeypatch.setattr(clock, "wall_micros", lambda: wall + 200_000_000)
    page = cashier.get(f"/counter?q={text}&by=camera").text
    assert "This code is old" in page and "open the card again" in page and "No card fits" not in page


@pytest.mark.parametrize(("kind", "mechanics"), NEEDS)
def test_a_card_has_a_button_for_each_operation_that_it_takes_and_no_other(world, cashier, kind, mechanics):
    card = loyalty.card(world.acme, kind, mechanics)
    page = cashier.get(place(card)).text
    named = re.findall(rf'href="{place(card)}/([a-z-]+)"', page)
    assert sorted(named) == sorted(verb.name for verb in booking.of_template(card.template))
    for verb in named:
        assert cashier.get(place(card, f"/{verb}")).status_code == 200, verb
    assert cashier.get(place(card, "/redeem-coupon" if kind != 3 else "/add-stamp")).status_code == 404


def test_what_it_will_do_stands_there_before_and_what_it_did_after(cashier, stamps, world):
    said = cashier.get(place(stamps, "/add-stamp/foreseen?whole=3"), htmx=True).text
    assert "0 stamps →" in said and "3 stamps" in said and now(stamps).uses == 0
    answer = send(cashier, stamps, "add-stamp", whole="3")
    done = CardOperation.get(CardOperation.card == stamps)
    assert answer.location == f"{place(stamps)}?done={done.id}" and now(stamps).uses == 3
    assert (done.source, done.manager_id) == ("counter", world.acme.users["cashier"].id)
    page = cashier.get(answer.location).text
    assert "Stamps: 0 stamps → 3 stamps" in page and "3 of 10 stamps" in page and "Undo" in page


def test_the_sum_to_redeem_is_asked_for_and_never_the_whole_balance_by_itself(world, cashier):
    card = loyalty.card(world.acme, 5)
    booking.book(world.acme.id, card.serial, Asked("add-point", 50))
    form = cashier.get(place(card, "/subtract-point")).text
    assert re.search(r'name="amount"[^>]*value="50', form) is None
    assert "Say how much" in send(cashier, card, "subtract-point").text and now(card).balance == 5000
    send(cashier, card, "subtract-point", amount="12.50")
    assert now(card).balance == 3750


def test_a_refusal_says_why_and_what_would_mend_it(world, cashier):
    card = loyalty.card(world.acme, 5)
    booking.book(world.acme.id, card.serial, Asked("add-point", 5))
    page = send(cashier, card, "subtract-point", amount="9").text
    assert "The card has 5.00 EUR, less than the 9.00 EUR" in page and "Take at most what is there" in page
    assert now(card).balance == 500
    cards.delete(Card.get_by_id(card.id))
    assert "This card is deleted and takes no operation" in cashier.get(place(card)).text
    assert "This card is deleted" in send(cashier, card, "subtract-point", amount="1").text


def test_a_reward_within_reach_is_chosen_by_name(world, cashier):
    card = loyalty.card(world.acme, 7)
    tea, _ = (
        RewardTier.create(template=card.template, name=name, kind=0, value=0, threshold=points)
        for name, points in (("Tea", 10), ("Cake", 30))
    )
    booking.book(world.acme.id, card.serial, Asked("add-scores", 20))
    form = cashier.get(place(card, "/receive-reward")).text
    assert "Tea: 10 points" in form and "Cake" not in form
    send(cashier, card, "receive-reward", tier=str(tea.id))
    assert now(card).bonus == 10


def test_what_somebody_else_changed_meanwhile_is_shown_before_it_is_done(world, cashier, stamps):
    once, typed = new_uuid(), {"whole": "2"}
    first = cashier.post(place(stamps, "/add-stamp"), {"request": once, **typed})
    seen = re.search(r'name="seen" value="(\w+)"', first.text)[1]
    booking.book(world.acme.id, stamps.serial, Asked("add-stamp", 1))
    again = cashier.post(place(stamps, "/add-stamp"), {"request": once, "seen": seen, **typed}).text
    assert "The card was changed a moment ago" in again and now(stamps).uses == 1
    seen = re.search(r'name="seen" value="(\w+)"', again)[1]
    cashier.post(place(stamps, "/add-stamp"), {"request": once, "seen": seen, **typed})
    assert now(stamps).uses == 3


def test_the_same_form_sent_again_books_nothing_and_leads_to_what_it_did(cashier, stamps):
    once = new_uuid()
    first = send(cashier, stamps, "add-stamp", once, whole="1")
    again = cashier.post(place(stamps, "/add-stamp"), {"request": once, "whole": "1", "seen": "whatever it was"})
    assert again.location == first.location and now(stamps).uses == 1


def test_an_operation_is_undone_for_a_minute_by_our_clock_and_once(world, cashier, stamps, monkeypatch):
    send(cashier, stamps, "add-stamp", whole="3")
    done, once = CardOperation.get(CardOperation.card == stamps), new_uuid()
    undoing = f"/counter/operations/{done.id}/undoing"
    assert f'action="{undoing}"' in cashier.get(place(stamps)).text
    at, wall = clock.to_micros(done.created_at), clock.wall_micros
    monkeypatch.setattr(clock, "wall_micros", lambda: at + 61_000_000)
    late = cashier.post(undoing, {"request": once})
    assert late.location == place(stamps) and now(stamps).uses == 3
    assert "The minute in which this could be undone is over" in cashier.get(late.location).text
    monkeypatch.setattr(clock, "wall_micros", lambda: at + 59_000_000)
    answer = cashier.post(undoing, {"request": once})
    assert now(stamps).uses == 0
    monkeypatch.setattr(clock, "wall_micros", lambda: at + 120_000_000)  # The answer was lost, and it is sent again.
    assert cashier.post(undoing, {"request": once}).location == answer.location
    monkeypatch.setattr(clock, "wall_micros", wall)
    assert CardOperation.select().count() == 2 and "undone" in cashier.get(place(stamps)).text


def test_what_was_not_booked_at_the_counter_is_not_undone_there(world, cashier, stamps):
    ours = booking.book(world.acme.id, stamps.serial, Asked("add-stamp", 1))
    theirs = booking.book(world.rival.id, loyalty.card(world.rival).serial, Asked("add-stamp", 1, source="counter"))
    for operation in (ours.id, theirs.id, 999, "x"):
        assert cashier.post(f"/counter/operations/{operation}/undoing").status_code == 404
    assert now(stamps).uses == 1


def test_a_replaced_card_leads_to_the_new_one(world, cashier, stamps):
    newer = moving.move(stamps, source="portal")
    answer = cashier.get(f"/counter?q={stamps.serial}")
    answer = cashier.get(answer.location)
    assert answer.location == place(newer)
    assert f"{stamps.serial} was replaced by this one" in cashier.get(answer.location).text


def test_where_the_phone_stands_is_asked_once_and_goes_with_each_operation(world, cashier, stamps):
    shops = [locations.open_(world.acme.id, name) for name in ("Main street", "Station")]
    foreign = locations.open_(world.rival.id, "Elsewhere")
    assert "Where does this phone stand?" in cashier.get("/counter").text
    cashier.post("/counter/place", {"place": foreign.uuid})
    assert "Where does this phone stand?" not in cashier.get("/counter").text
    cashier.post("/counter/place", {"place": shops[1].uuid})
    form = cashier.get(place(stamps, "/add-stamp")).text
    location = re.search(r'name="location" value="(\d*)"', form)[1]
    send(cashier, stamps, "add-stamp", whole="1", location=location)
    assert CardOperation.get().location_id == shops[1].id
    day = cashier.get("/counter/day").text
    assert "Station" in day and "Where does this phone stand?" not in cashier.get("/counter").text
    assert send(cashier, stamps, "add-stamp", whole="1", location=str(foreign.id)).status_code in (404, 422)
    assert now(stamps).uses == 1


def test_the_days_sums_are_of_today_of_whoever_served_and_of_all_without_what_was_undone(world, cashier, stamps):
    gift = loyalty.card(world.acme, 1)
    send(cashier, stamps, "add-stamp", whole="3")
    send(cashier, gift, "add-transaction-amount", amount="20")
    manager = world.as_("acme", "manager")
    send(manager, stamps, "add-stamp", whole="4")
    booking.book(world.acme.id, stamps.serial, Asked("add-stamp", 1))
    send(cashier, stamps, "add-stamp", whole="2")
    undone = CardOperation.select().order_by(CardOperation.id.desc()).first()
    cashier.post(f"/counter/operations/{undone.id}/undoing", {"request": new_uuid()})
    CardOperation.update(created_at=clock.now() - timedelta(days=2)).where(CardOperation.amount == 4).execute()
    own, all_ = re.findall(r"<tbody>(.*?)</tbody>", cashier.get("/counter/day").text, re.S)
    assert ">3 stamps<" in own and "20.00" in own
    assert ">3 stamps<" in all_ and "Nothing yet" in manager.get("/counter/day").text


def test_a_cashiers_counter_speaks_their_language(world, cashier, stamps):
    for path in ("/counter", "/counter/day", place(stamps), place(stamps, "/subtract-stamp"), "/counter?q=nobody"):
        cashier.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
        page, known = cashier.get(path).text, {"Mia", "Berger", "Coffee", "Acme", "Cashier", "partnerportal", "nobody"}
        assert '<html lang="ru">' in page
        assert pseudo.in_latin(page, known) == [], path
    assert "На карте 0 штампов" in send(cashier, stamps, "subtract-stamp", whole="1").text


def kept(card, proof: str, once: str, verb="add-stamp", **fields) -> dict[str, str]:
    """What a phone sends of an operation that it kept."""
    return {"request": once, "proof": proof, "serial": card.serial, "verb": verb, **fields}


def proof_of(visitor) -> str:
    return visitor.get("/counter/session").json["proof"]


def test_what_a_phone_kept_is_booked_once_as_whoever_made_it_whoever_is_signed_in_by_then(world, cashier, stamps):
    once, proof = new_uuid(), proof_of(cashier)
    manager = world.as_("acme", "manager")
    first = manager.post("/counter/queue", kept(stamps, proof, once, whole="2")).json
    done = CardOperation.get()
    assert first["state"] == "booked" and first["place"] == f"{place(stamps)}?done={done.id}"
    assert (done.manager_id, done.source, done.amount) == (world.acme.users["cashier"].id, "counter", 2)
    cards.delete(stamps)
    assert manager.post("/counter/queue", kept(stamps, proof, once, whole="2")).json == first
    assert CardOperation.select().count() == 1


def test_a_phone_does_not_say_itself_who_made_an_operation(world, cashier, stamps):
    mine, theirs = proof_of(cashier), proof_of(world.as_("rival"))
    other = mine.replace(f".{world.acme.users['cashier'].id}.", f".{world.acme.users['owner'].id}.")
    for forged in ("", "x", "1.2.3.x", other, theirs, mine[:-1] + ("A" if mine[-1] != "A" else "B")):
        answer = cashier.post("/counter/queue", kept(stamps, forged, new_uuid(), whole="1"))
        assert answer.status_code == 422 and "It is not known who made this operation" in answer.json["text"], forged
    assert not CardOperation.select().exists()


def test_what_was_kept_and_is_refused_says_why_and_writes_nothing(world, cashier, stamps):
    proof, other = proof_of(cashier), loyalty.card(world.rival)
    wrong = (
        (kept(stamps, proof, "no uuid", whole="1"), "Send a UUID"),
        (kept(other, proof, new_uuid(), whole="1"), "There is no such card here"),
        (kept(stamps, proof, new_uuid(), "no-such"), "There is no such operation"),
        (kept(stamps, proof, new_uuid(), whole="-1"), "Give a number over zero"),
        (kept(stamps, proof, new_uuid(), whole="many"), "Write a whole number"),
        (kept(stamps, proof, new_uuid(), "redeem-coupon"), "is not for this stamp card"),
        (kept(stamps, proof, new_uuid(), "subtract-stamp", whole="1"), "The card has 0 stamps"),
    )
    for sent, said in wrong:
        answer = cashier.post("/counter/queue", sent)
        assert answer.status_code == 422 and said in answer.json["text"], answer.json
    assert answer.json["fix"] == "Take at most what is there." and not CardOperation.select().exists()


def test_a_reward_that_was_kept_and_comes_twice_is_handed_out_once_though_it_is_out_of_reach_by_then(world, cashier):
    card = loyalty.card(world.acme, 7)
    tea = RewardTier.create(template=card.template, name="Tea", kind=0, value=0, threshold=10)
    booking.book(world.acme.id, card.serial, Asked("add-scores", 10))
    once, proof = new_uuid(), proof_of(cashier)
    sent = kept(card, proof, once, "receive-reward", tier=str(tea.id))
    first, again = (cashier.post("/counter/queue", sent).json for _ in range(2))
    assert first == again and first["state"] == "booked" and now(card).bonus == 0
    form = cashier.post(place(card, "/receive-reward"), {"request": once, "tier": str(tea.id), "seen": "x"})
    assert form.location == first["place"]


def test_without_a_sign_in_the_queue_is_told_to_wait(world, stamps):
    visitor = world.anonymous()
    answer = visitor.get("/counter/session", htmx=True)
    assert answer.status_code == 204 and "/sign-in" in answer.headers["HX-Redirect"]
    assert "json" not in visitor.post("/counter/queue", {"request": new_uuid()}).mimetype


def test_what_the_phone_keeps_of_the_counter_has_nothing_of_anybodys(world, cashier):
    shell, script = cashier.get("/counter/shell"), cashier.get("/counter/worker.js")
    assert all(word not in shell.text for word in ("Acme", "Cashier", "csrf", "data-proof"))
    assert shell.text == world.anonymous().get("/counter/shell").text
    assert (
        script.headers["Service-Worker-Allowed"] == "/counter"
        and "connect-src 'self'" in script.headers["Content-Security-Policy"]
    )
    for file in re.findall(r'"(/static/[^"]+)"', script.text):
        assert cashier.get(file).status_code == 200 and (file in shell.text or "lucide" in file), file


def test_the_counter_is_under_sixty_kilobytes_over_the_wire_and_its_camera_comes_later(cashier, stamps):
    """Styles, scripts and pictures included; the decoder and the camera's script are asked for by a press."""
    cashier.client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"
    for path in ("/counter", place(stamps), place(stamps, "/add-stamp"), "/counter/shell"):
        page = cashier.get(path)
        html = gzip.decompress(page.data).decode()
        files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html))
        sizes = {file: len(cashier.get(file).data) for file in files}
        assert len(files) == 6 and not [file for file in files if "qr-0.7.0" in file or "camera" in file]
        assert len(page.data) + sum(sizes.values()) < 60_000, (path, sizes)
