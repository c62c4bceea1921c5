"""Members sign in to a club by a code that is mailed to them; it tells nobody which addresses the club knows."""

import re
from datetime import timedelta

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards import cards
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.mail import outbox, strangers
from portal.domain.mail.tables import Mail
from portal.domain.members import members, merging
from portal.domain.members.sign_ins import codes, sign_ins
from portal.domain.members.sign_ins.tables import AskedCode, MemberSignIn
from portal.domain.members.tables import Member
from tests.support import loyalty

MAIL = "mia@example.com"
PLACE, HOME = "/club/acme", "/club/acme/"
POINT = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM"
PHONE = {"endpoint": "https://push.example/mia", "p256dh": POINT, "auth": "tBHItJI5svbpez7KI4CCXg"}
START, CODE = f"{PLACE}/sign-in", f"{PLACE}/sign-in/code"


@pytest.fixture
def mia(world):
    """A member of acme's club, with a card."""
    mia = loyalty.customer(world.acme, "Mia", surname="Berger", mail=MAIL)
    cards.issue(world.acme.id, mia.id, loyalty.template(world.acme, 0, name="Coffee").id)
    return mia


def ask(visitor, mail: str = MAIL):
    return visitor.post(START, {"mail": mail})


def mailed() -> list[str]:
    """The codes of all mails, once the worker took up what was asked for."""
    while codes.answer_asked():
        pass
    texts = [mail.text for mail in Mail.select().order_by(Mail.id)]
    return [found[0] for text in texts if (found := re.search(r"^\d{4} \d{4}$", text, re.MULTILINE))]


def sign_in(visitor):
    """The visitor, signed in as Mia."""
    ask(visitor)
    assert visitor.post(CODE, {"code": mailed()[-1]}).location == HOME
    return visitor


def is_signed_in(visitor, place: str = PLACE) -> bool:
    return visitor.get(f"{place}/details").status_code == 200


@pytest.mark.on_both_engines
def test_a_member_signs_in_by_the_mailed_code_and_sees_the_own_cards(world, mia):
    visitor = world.anonymous()
    assert (answer := ask(visitor)).status_code == 303 and answer.location == CODE
    given = mailed()[0].replace(" ", "")
    assert visitor.post(CODE, {"code": f" {given[:3]} {given[3:]}"}).location == HOME
    page = visitor.get(HOME).text
    assert "Hello Mia" in page and "/club/acme/cards/" in page
    assert Mail.get().to == MAIL


@pytest.mark.on_both_engines
def test_a_known_and_an_unknown_address_are_answered_alike(world, mia):
    known, unknown = world.anonymous(), world.anonymous()
    answers = [ask(known), ask(unknown, "nobody@example.com")]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, CODE)] * 2
    assert len(mailed()) == 1
    for typed in (None, "", "1234 5678"):
        pages = [
            visitor.get(CODE) if typed is None else visitor.post(CODE, {"code": typed}) for visitor in (known, unknown)
        ]
        said = [re.sub(r'value="[^"]*"', "", page.text).replace("nobody@", "mia@") for page in pages]
        assert said[0] == said[1] and pages[0].status_code == pages[1].status_code


def test_of_two_codes_that_were_asked_for_the_first_works_too_and_then_none(world, mia):
    visitor = world.anonymous()
    ask(visitor), ask(visitor)
    first, second = mailed()
    assert first != second and visitor.post(CODE, {"code": first}).location == HOME
    visitor.post(f"{PLACE}/sign-out")
    assert visitor.post(CODE, {"code": second}).location == START, "All have gone with the one that was used."


def test_a_code_works_in_the_browser_alone_that_asked_for_it(world, mia):
    asking, other = world.anonymous(), world.anonymous()
    ask(asking), ask(other)
    of_asking, of_other = mailed()
    assert "not the code" in other.post(CODE, {"code": of_asking}).text
    assert "not the code" in asking.post(CODE, {"code": of_other}).text
    assert asking.post(CODE, {"code": of_asking}).location == HOME


def test_tries_are_bounded_asking_again_gives_no_more_and_strangers_use_up_their_own(world, mia):
    stranger, visitor = world.anonymous(), world.anonymous()
    ask(stranger)
    answers = [stranger.post(CODE, {"code": "0000 0000"}).status_code for _ in range(12)]
    assert answers == [422] * 10 + [429] * 2
    ask(stranger)
    assert stranger.post(CODE, {"code": mailed()[-1]}).status_code == 429
    assert is_signed_in(sign_in(visitor))


def test_a_code_lasts_half_an_hour_and_reading_its_page_mails_nothing(world, mia):
    visitor = world.anonymous()
    ask(visitor)
    code = mailed()[0]
    assert visitor.get(CODE).status_code == 200 and len(mailed()) == 1
    AskedCode.update(expires_at=clock.now() - timedelta(seconds=1)).execute()
    assert visitor.post(CODE, {"code": code}).location == START


def test_one_member_is_mailed_so_many_codes_a_day_but_for_a_browser_that_they_came_in_with(world, mia):
    visitor, stranger = sign_in(world.anonymous()), world.anonymous()
    visitor.post(f"{PLACE}/sign-out")
    for _ in range(strangers.A_RECEIVER_A_DAY + 2):
        ask(stranger)
    assert len(mailed()) == strangers.A_RECEIVER_A_DAY
    assert is_signed_in(sign_in(visitor))


@pytest.mark.settings(sign_in_limit=1)
def test_strangers_in_the_network_keep_no_browser_out_that_a_member_came_in_with(world, mia):
    visitor, stranger = sign_in(world.anonymous()), world.anonymous()
    visitor.post(f"{PLACE}/sign-out")
    assert [ask(stranger, "nobody@example.com").status_code for _ in range(6)][-1] == 429
    assert is_signed_in(sign_in(visitor))


@pytest.mark.settings(demo=True)
def test_a_code_that_a_demo_shows_works_however_many_were_asked_for(world, mia):
    for _ in range(strangers.A_RECEIVER_A_DAY + 2):
        ask(visitor := world.anonymous())
        mailed()  # The worker may be first.
        code = re.search(r"\d{4} \d{4}", visitor.get(CODE).text)[0]
        assert visitor.post(CODE, {"code": code}).location == HOME


def test_guests_are_led_to_sign_in_and_back(world, mia):
    visitor = world.anonymous()
    answer = visitor.get(f"{PLACE}/details")
    assert answer.status_code == 302 and answer.location == f"{START}?next=/club/acme/details"
    asked = visitor.post(answer.location, {"mail": MAIL})
    assert visitor.post(asked.location, {"code": mailed()[0]}).location == f"{PLACE}/details"


@pytest.mark.parametrize(
    "place", ["//evil.example", "https://evil.example", "/club/acme/\\evil", "/deals", "/club/rival/x"]
)
def test_nobody_is_led_out_of_the_club(world, mia, place):
    visitor = world.anonymous()
    asked = visitor.post(f"{START}?next={place}", {"mail": MAIL})
    assert visitor.post(asked.location, {"code": mailed()[0]}).location == HOME


def test_a_member_and_somebody_of_the_team_are_signed_in_side_by_side(world, mia):
    visitor = sign_in(world.as_("acme", "viewer"))
    assert is_signed_in(visitor) and visitor.get("/deals").status_code == 200
    visitor.post(f"{PLACE}/sign-out")
    assert not is_signed_in(visitor) and visitor.get("/deals").status_code == 200
    sign_in(visitor)
    visitor.post("/sign-out")
    assert is_signed_in(visitor) and visitor.get("/deals").status_code == 302


def test_signing_out_ends_every_copy_of_the_cookie(world, mia):
    visitor, copy = sign_in(world.anonymous()), world.anonymous()
    name = f"member-{world.acme.id}"
    copy.client.set_cookie(name, visitor.client.get_cookie(name, "127.0.0.1").value, domain="127.0.0.1")
    assert is_signed_in(copy)
    visitor.post(f"{PLACE}/sign-out")
    assert not is_signed_in(copy) and visitor.client.get_cookie(name, "127.0.0.1") is None


def test_a_member_ends_one_sign_in_or_all_and_nobody_elses(world, mia):
    here, there = sign_in(world.anonymous()), sign_in(world.anonymous())
    omar = loyalty.customer(world.acme, "Omar", mail="omar@example.com")
    their = sign_ins.begin(omar, omar.mail, "", "")
    first, _, foreign = [row.id for row in MemberSignIn.select().order_by(MemberSignIn.id)]
    assert there.post(f"{PLACE}/sign-ins/{foreign}/ending").status_code == 404
    assert there.post(f"{PLACE}/sign-ins/{first}/ending").status_code == 303
    assert not is_signed_in(here) and is_signed_in(there)
    there.post(f"{PLACE}/sign-ins/endings")
    assert not is_signed_in(there) and sign_ins.find(world.acme.id, their.key)


def test_a_phone_whose_sign_in_was_ended_shows_no_more_news(world, mia):
    here, _ = sign_in(world.anonymous()), sign_in(world.anonymous())
    subscriptions.subscribe(mia, **PHONE)
    newest = MemberSignIn.select().order_by(MemberSignIn.id.desc()).first().id
    assert here.post(f"{PLACE}/sign-ins/{newest}/ending").status_code == 303
    assert not subscriptions.of(mia)


@pytest.mark.on_both_engines
@pytest.mark.parametrize("way", ["erased", "merged", "another address"])
def test_a_sign_in_ends_with_the_member_and_with_the_address_that_proved_them(world, mia, way):
    visitor, late = sign_in(world.anonymous()), world.anonymous()
    ask(late)
    code = mailed()[-1]
    if way == "erased":
        members.erase(mia)
    elif way == "merged":
        merging.merge(mia, loyalty.customer(world.acme, "Maria", mail="maria@example.com"))
    else:
        members.change(mia, {"mail": "new@example.com"})
    assert not is_signed_in(visitor)
    assert late.post(CODE, {"code": code}).location != HOME
    assert way == "another address" or not MemberSignIn.select().exists()


@pytest.mark.on_both_engines
def test_a_sign_in_lasts_while_it_is_used(world, mia):
    visitor = sign_in(world.anonymous())
    soon = clock.now() + timedelta(days=1)
    MemberSignIn.update(seen_at=clock.now() - timedelta(days=2), expires_at=soon).execute()
    answer = visitor.get(HOME)
    assert MemberSignIn.get().expires_at > clock.now() + timedelta(days=179)
    assert "Max-Age=15552000" in answer.headers["Set-Cookie"] and "HttpOnly" in answer.headers["Set-Cookie"]
    MemberSignIn.update(expires_at=clock.now() - timedelta(seconds=1)).execute()
    assert not is_signed_in(visitor)


def test_each_club_has_members_of_its_own(world, mia):
    loyalty.template(world.rival, 0)
    visitor = sign_in(world.anonymous())
    name = f"member-{world.acme.id}"
    visitor.client.set_cookie(
        f"member-{world.rival.id}", visitor.client.get_cookie(name, "127.0.0.1").value, domain="127.0.0.1"
    )
    assert not is_signed_in(visitor, "/club/rival")


def test_there_is_no_club_of_a_partner_without_cards_nor_of_a_closed_one(world, mia):
    pages = [world.anonymous().get(place) for place in ("/club/rival", "/club/nobody", "/club/rival/sign-in")]
    assert [page.status_code for page in pages] == [404] * 3 and pages[0].text.count("rival") == pages[1].text.count(
        "nobody"
    )
    Partner.update(disabled_at=clock.now()).where(Partner.id == world.acme.id).execute()
    assert world.anonymous().get(HOME).status_code == 404


def test_a_member_changes_name_and_language_and_reads_on_in_it(world, mia):
    visitor = sign_in(world.anonymous())
    saved = visitor.post(f"{PLACE}/details", {"first_name": "Maja", "surname": "", "language": "ru"})
    member = Member.get_by_id(mia.id)
    assert saved.status_code == 303 and (member.first_name, member.surname, member.language) == ("Maja", None, "ru")
    assert 'lang="ru"' in visitor.get(HOME).text
    assert visitor.post(f"{PLACE}/details", {"first_name": "", "language": "xx"}).status_code == 422
    assert f'action="{PLACE}/language?next={PLACE}/details"' in visitor.get(f"{PLACE}/details").text
    chosen = visitor.post(f"{PLACE}/language?next={PLACE}/details", {"language": "en"})
    assert chosen.status_code == 303 and chosen.location == f"{PLACE}/details"
    assert Member.get_by_id(mia.id).language == "en" and 'lang="en"' in visitor.get(HOME).text
    assert visitor.post(f"{PLACE}/language?next=//evil.example", {"language": "ru"}).location == HOME
    assert visitor.post(f"{PLACE}/language", {"language": "xx"}).status_code == 400


def test_the_mail_is_written_in_the_language_of_the_page_and_its_code_is_not_kept(world, mia):
    visitor = world.anonymous()
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ru"
    ask(visitor)
    code, mail = mailed()[0], Mail.get()
    assert re.search("[а-я]", mail.text)
    outbox.sent(mail)
    assert code not in Mail.get().text


def test_somebody_elses_card_looks_like_a_missing_one(world, mia):
    omar = loyalty.customer(world.acme, "Omar", mail="omar@example.com")
    theirs = cards.issue(world.acme.id, omar.id, loyalty.template(world.acme, 0, name="Tea").id)
    foreign = loyalty.card(world.rival)
    visitor = sign_in(world.anonymous())
    pages = [visitor.get(f"{PLACE}/cards/{serial}") for serial in (theirs.serial, foreign.serial, "000000-000-000")]
    assert {page.status_code for page in pages} == {404}
    pages = [world.anonymous().get(f"{PLACE}/c/{key}").status_code for key in (theirs.key, foreign.key, "x" * 22)]
    assert pages == [200, 404, 404]


def test_a_template_that_is_not_for_everybody_is_not_offered(world, mia):
    template = loyalty.template(world.acme, 0, name="Friends only")
    assert "Friends only" in world.anonymous().get(HOME).text
    place = f"/templates/{template.uuid}/club"
    assert world.as_("acme", "viewer").post(place, {"in_club": "0"}).status_code == 403
    assert world.as_("acme").post(place, {"in_club": "0"}).status_code == 303
    assert "only who has the link" in world.as_("acme", "viewer").get(f"/templates/{template.uuid}/links").text
    assert "Friends only" not in world.anonymous().get(HOME).text
    world.as_("acme").post(place, {"in_club": "1"})
    assert "Friends only" in world.anonymous().get(HOME).text
