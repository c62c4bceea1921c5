"""What members change of themselves: their mail address, phone, consent to news; they take their data along, and leave for good."""

import json
import re

import pytest

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardField
from portal.domain.mail.tables import Mail
from portal.domain.members import passwords
from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.passwords import Proof
from portal.domain.members.sign_ins import codes
from portal.domain.members.sign_ins.tables import MemberSignIn
from portal.domain.members.tables import Member
from tests.support import club, club_offers, loyalty, things

pytestmark = pytest.mark.engine("sqlite")
HERE, MAIL, CODE = "/club/acme/details", "/club/acme/mail", "/club/acme/mail/code"
NEW = "new@example.com"


@pytest.fixture
def member(world):
    return things.holder_of(world.acme)


@pytest.fixture
def mia(world):
    return club.signed_in(world, world.acme)


def mailed() -> dict[str, str]:
    """The newest code of each address, once the worker took up what was asked for."""
    while codes.answer_asked():
        pass
    found = {row.to: re.search(r"^\d{4} \d{4}$", row.text, re.MULTILINE) for row in Mail.select().order_by(Mail.id)}
    return {to: match[0] for to, match in found.items() if match}


def now(member) -> Member:
    return Member.get_by_id(member.id)


def test_another_address_is_proved_by_a_code_to_it_and_one_to_the_present_which_is_told(world, mia, member):
    elsewhere = club.signed_in(world, world.acme)
    assert mia.post(MAIL, {"mail": f" {NEW.upper()} "}).location == CODE
    given = mailed()
    assert set(given) == {NEW, member.mail}
    for wrong in ({"code": given[NEW]}, {"code": given[NEW], "present_code": given[NEW]}, {"code": given[member.mail]}):
        assert mia.post(CODE, wrong).status_code == 422 and now(member).mail == member.mail
    done = mia.post(CODE, {"code": given[NEW], "present_code": given[member.mail]})
    assert done.location == HERE and now(member).mail == NEW
    assert f"From now on you sign in as {NEW}" in mia.get(HERE).text and elsewhere.get(HERE).status_code == 302
    told = Mail.select().where(Mail.to == member.mail).order_by(Mail.id.desc()).get()
    assert "another mail address was set" in told.text and NEW not in told.text


def test_who_has_a_password_proves_by_it_and_it_opens_nothing_afterwards(world, mia, member):
    asked = codes.ask(world.acme.partner, member.mail, browser=None, known_as=member.id, network="127.0.0.1")
    passwords.change(member.id, "a few good words", Proof(None, asked, mailed()[member.mail]), "127.0.0.1", "tests")
    mia = club.signed_in(world, world.acme)
    mia.post(MAIL, {"mail": NEW})
    code = mailed()[NEW]
    empty = mia.post(CODE, {"code": code, "present": ""}).text
    assert "Give your password." in empty and "Forgotten? Set a new one" in empty
    refused = mia.post(CODE, {"code": code, "present": "another password"})
    assert refused.status_code == 422 and "This is not the password that you have." in refused.text
    assert mia.post(CODE, {"code": code, "present": "a few good words"}).location == HERE
    assert (now(member).mail, now(member).password_hash) == (NEW, None)


def test_a_date_of_birth_is_given_once(mia, member):
    whole = {"first_name": "Mia", "surname": "", "phone": member.phone_typed or ""}
    Member.update(date_of_birth=None).where(Member.id == member.id).execute()
    assert 'name="date_of_birth"' in mia.get(HERE).text
    assert mia.post(HERE, {**whole, "date_of_birth": "tomorrow"}).status_code == 422
    assert mia.post(HERE, {**whole, "date_of_birth": "1990-09-24"}).location == HERE
    shown = mia.get(HERE).text
    assert now(member).date_of_birth.isoformat() == "1990-09-24"
    assert "24 Sep 1990" in shown and 'name="date_of_birth"' not in shown
    for kept in ({}, {"date_of_birth": "1990-09-24"}):  # A form that was drawn before.
        assert mia.post(HERE, {**whole, **kept}).location == HERE
    again = mia.post(HERE, {**whole, "date_of_birth": "1990-09-25"})
    assert again.status_code == 422 and "known already" in again.text
    assert now(member).date_of_birth.isoformat() == "1990-09-24"


def test_an_address_that_somebody_has_is_answered_alike_and_nothing_is_mailed_to_it(world, mia, member):
    taken, free = "taken@example.com", "free1@example.com"
    loyalty.customer(world.acme, "Omar", mail=taken)
    pages = []
    for address in (taken, free):
        answer = mia.post(MAIL, {"mail": address})
        pages.append((answer.status_code, answer.location, mia.get(CODE).text.replace(address, "…")))
    plain = [(*page[:2], re.sub(r'(value|nonce)="[^"]*"', "", page[2])) for page in pages]
    assert plain[0] == plain[1]
    assert set(mailed()) == {free, member.mail}


def test_the_code_for_another_address_signs_nobody_in(world, mia, member):
    mia.post(MAIL, {"mail": NEW})
    code, guest = mailed()[NEW], world.anonymous()
    guest.post("/club/acme/sign-in", {"mail": NEW})
    assert guest.post("/club/acme/sign-in/code", {"code": code}).status_code == 422
    assert mia.post("/club/acme/password", {"code": code, "password": "a few good words"}).status_code == 422


def test_a_phone_is_kept_as_cards_need_it_and_anothers_is_not_told(world, mia, member):
    loyalty.customer(world.acme, "Omar", phone="+49 151 23456789")
    given = {"first_name": "Mia", "surname": "", "language": ""}
    assert mia.post(HERE, given | {"phone": "+49 151 23456780"}).status_code == 303
    assert now(member).phone == "+4915123456780"
    taken = mia.post(HERE, given | {"phone": "+49 151 23456789"})
    assert taken.status_code == 422 and "This number cannot be kept for you." in taken.text and "Omar" not in taken.text
    template = Card.get(Card.member == member.id).template
    CardField.create(template=template, name="Your phone", kind="phone", place=1, is_required=True)
    refused = mia.post(HERE, given | {"phone": ""})
    assert refused.status_code == 422 and f"Your card {template.name} needs a phone number." in refused.text
    CardField.update(is_required=False).execute()
    assert mia.post(HERE, given | {"phone": ""}).status_code == 303 and now(member).phone is None


def test_phones_of_others_are_not_found_by_trying(world, mia, member):
    given = {"first_name": "Mia", "surname": "", "language": ""}
    tries = [mia.post(HERE, given | {"phone": f"+49 151 2345678{number}"}).status_code for number in range(6)]
    assert tries == [303] * 5 + [429]
    assert mia.post(HERE, given | {"phone": now(member).phone_typed}).status_code == 303


def test_consent_to_news_is_kept_with_its_words_and_day_and_taken_back_with_that_day(world, mia, member):
    assert "You have not said yet." in mia.get(HERE).text
    mia.post(f"{HERE}/news", {"on": "yes"})
    mia.post(f"{HERE}/news", {"on": "yes"})
    kept = MemberConsent.get(MemberConsent.of_messages)
    assert "Acme may send me news and offers" in kept.text and "You said yes on" in mia.get(HERE).text
    mia.post(f"{HERE}/news", {"on": "no"})
    assert MemberConsent.get_by_id(kept.id).withdrawn_at is not None and "You said no on" in mia.get(HERE).text
    mia.post(f"{HERE}/news", {"on": "yes"})
    assert [row.withdrawn_at is None for row in MemberConsent.select().order_by(MemberConsent.id)] == [False, True]


def test_who_wants_no_news_gets_none_on_cards_of_now_and_of_later(world, mia, member):
    mia.post(f"{HERE}/news", {"on": "no"})
    later = cards.issue(world.acme.id, member.id, loyalty.template(world.acme, 0).id)
    assert Card.select().where(Card.member == member.id, Card.muted_at.is_null()).count() == 0
    mia.post(f"{HERE}/news", {"on": "yes"})
    assert Card.get_by_id(later.id).muted_at is None


def test_members_take_along_all_that_is_known_of_them_and_of_nobody_else(world, mia, member):
    mia.post(f"{HERE}/news", {"on": "yes"})
    answer = mia.get(f"{HERE}/data")
    told = json.loads(answer.text)
    assert told["customer"]["email"] == member.mail and told["consents"][0]["withdrawnAt"] is None
    assert "attachment" in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"
    assert world.anonymous().get(f"{HERE}/data").status_code == 302


def test_what_is_lost_is_named_with_what_is_on_it(world, mia, member):
    tea, cake = club_offers.offer(world.acme), club_offers.offer(world.acme)
    for _ in range(2):
        club_offers.use(world.acme, member, tea)
    mia.post(f"/club/acme/offers/{cake.offer_id}/like", {"on": "yes"})
    page = mia.get("/club/acme/removal").text
    card = Card.get(Card.member == member.id)
    assert re.search(rf"Your card {re.escape(card.template.name)}: \d", page)
    assert "What you liked: 1 offer" in page and "What you used: 2 times" in page
    assert MemberSignIn.select().where(MemberSignIn.member == member.id).exists()
