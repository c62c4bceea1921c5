"""Whoever signs up with somebody's address holds it until its owner comes: a mailed link gives it to them, and ends what was set."""

import pytest

from portal.domain import verify
from portal.domain.accounts.people import people, proved
from portal.domain.accounts.sign_ins import asked_links, half_sign_ins, password_resets, recovery, second_factor
from portal.domain.accounts.sign_ins.tables import SecondFactor
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.accounts.team import invitations
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.errors import Invalid, Refused
from portal.domain.mail import stops
from portal.domain.mail.tables import Mail
from tests.account.test_second_step import is_signed_in, renew
from tests.support import mailed, phone
from tests.support.cast import PASSWORD
from tests.support.newcomers import GOOD, unproved

pytestmark = pytest.mark.on_both_engines
MAIL, OWN = GOOD["mail"], "the password of its owner"
SQUATTER = GOOD | {"company": "Squatter Works", "password": PASSWORD}


@pytest.fixture
def squatter(world):
    """In the browser of whoever signed up with somebody else's address; the second factor is on."""
    visitor = world.anonymous()
    unproved(SQUATTER)
    assert visitor.post("/sign-in", {"mail": MAIL, "password": PASSWORD}).status_code == 303
    visitor.phone = phone.turned_on(of_mail())
    assert is_signed_in(visitor)
    return visitor


def of_mail() -> User:
    return User.get(User.mail == MAIL)


def sign_up_again(world):
    world.anonymous().post("/sign-up", GOOD)
    return mailed.link(MAIL)


def ask_for_a_password(world):
    world.anonymous().post("/password-reset", {"mail": MAIL})
    return mailed.link(MAIL)


@pytest.mark.parametrize("come", [sign_up_again, ask_for_a_password])
def test_its_owner_takes_it_by_a_mailed_link_and_nothing_of_the_squatters_lasts(world, squatter, come):
    half = half_sign_ins.begin(of_mail())
    owner, link = world.anonymous(), come(world)
    page = owner.get(link)
    link = page.location or link  # The proof leads on to the page that sets a password.
    assert "Squatter Works" in owner.get(link).text
    assert owner.post(link, {"password": OWN, "keeps": "no"}).location == "/sign-in"
    user = of_mail()
    assert proved.is_proved(user.id) and second_factor.since(user.id) is None and recovery.left(user.id) == 0
    assert not is_signed_in(squatter) and half_sign_ins.find(half) is None and not people.proven(MAIL, PASSWORD)
    renew(owner, "/sign-in")
    assert owner.post("/sign-in", {"mail": MAIL, "password": OWN}).location == "/"
    assert verify.faults() == []


def test_what_the_squatter_founded_is_left_and_closed_with_its_tokens(world, squatter):
    partner = Partner.get(Partner.name == "Squatter Works")
    tokens.make(partner, "Theirs", list(PERMITS))
    password_resets.use(mailed.reset_key(MAIL), OWN, keeps=False)
    assert Partner.get_by_id(partner.id).disabled_at and not Membership.select().where(Membership.user == of_mail())


def test_whoever_only_forgot_the_password_keeps_it(world, squatter):
    password_resets.use(mailed.reset_key(MAIL), OWN, keeps=True)
    assert [home.name for home in people.partners_of(of_mail().id)] == ["Squatter Works"]
    assert Partner.get(Partner.name == "Squatter Works").disabled_at is None


def test_it_is_said_whose_the_partner_is_before_anything_ends(world, squatter):
    link = ask_for_a_password(world)
    answer = world.anonymous().post(link, {"password": OWN})
    assert answer.status_code == 422 and "Say whether this is yours." in answer.text
    assert is_signed_in(squatter) and people.proven(MAIL, PASSWORD) and not proved.is_proved(of_mail().id)
    with pytest.raises(Invalid):
        password_resets.use(link.rpartition("/")[2], OWN)


def test_an_authenticator_that_was_begun_is_gone_too(world):
    user = unproved(SQUATTER)
    SecondFactor.create(user=user, secret="sealed")
    password_resets.use(mailed.reset_key(MAIL), OWN, keeps=True)
    assert not SecondFactor.select().exists()


def test_who_knows_the_password_and_follows_the_link_proves_the_address_and_keeps_all(world, squatter):
    asked_links.ask(MAIL, asked_links.SIGN_UP)
    link = mailed.link(MAIL)
    assert "Is this your address?" in squatter.get(link).text
    assert not proved.is_proved(of_mail().id), "looking proves nothing: scanners of mail look"
    renew(squatter, link)
    assert squatter.post(link).location == "/"
    assert proved.is_proved(of_mail().id) and second_factor.since(of_mail().id) and is_signed_in(squatter)
    assert squatter.get(link).status_code == 410
    assert "Prove your address" not in squatter.get("/account/details").text


def test_a_link_is_followed_by_nobody_who_is_signed_in_as_somebody_else(world, squatter):
    asked_links.ask(MAIL, asked_links.SIGN_UP)
    link, rival = mailed.link(MAIL), world.as_("rival")
    answer = rival.post(link)
    assert "A link for somebody else" in answer.text and not proved.is_proved(of_mail().id)
    with pytest.raises(Refused, match="Sign in with that address"):
        password_resets.prove(link.rpartition("/")[2], world.rival.users["owner"].id)
    assert password_resets.owner_of(link.rpartition("/")[2]), "a refusal uses no link up"


def test_a_proof_spends_every_other_link(world, squatter):
    first, second = mailed.reset_key(MAIL), mailed.reset_key(MAIL)
    password_resets.prove(first, of_mail().id)
    assert not password_resets.owner_of(second)


def test_the_page_asks_for_the_proof_and_sends_it_again(world, squatter):
    assert f"mailed to {MAIL}" in squatter.get("/account/details").text
    before = Mail.select().count()
    renew(squatter, "/account/details")
    sent = squatter.post("/account/address-proof", {"next": "/account/details"})
    mailed.answer()
    assert sent.location == "/account/details" and Mail.select().count() == before + 1
    assert Mail.select().order_by(Mail.id.desc()).get().subject == "Prove your mail address"
    assert "Prove your address" not in world.as_("acme").get("/account/details").text


def test_signing_up_writes_to_nobody_who_wants_no_mail_of_strangers_but_they_can_ask(world, squatter):
    stops.stop(MAIL)
    world.anonymous().post("/sign-up", GOOD), mailed.answer()
    assert not Mail.select().where(Mail.subject == "Prove your mail address").exists()
    assert ask_for_a_password(world)


def test_a_proved_address_keeps_its_second_factor_and_its_partners_whoever_reads_the_mail(world):
    owner = world.acme.users["owner"]
    phone.turned_on(owner)
    password_resets.use(mailed.reset_key(owner.mail), OWN, keeps=False)
    assert second_factor.since(owner.id) and people.partners_of(owner.id)


def test_an_invitation_is_accepted_by_its_owner_whoever_has_signed_up_before(world, squatter):
    keys: list[str] = []
    invitations.invite(
        world.acme.partner, MAIL, "viewer", world.acme.users["owner"].id, lambda key: keys.append(key) or key
    )
    owner = world.anonymous()
    owner.post(ask_for_a_password(world), {"password": OWN, "keeps": "no"})
    renew(owner, "/sign-in")
    owner.post("/sign-in", {"mail": MAIL, "password": OWN})
    renew(owner, f"/invitation/{keys[0]}")
    assert owner.post(f"/invitation/{keys[0]}").location == "/"
    assert [home.name for home in people.partners_of(of_mail().id)] == ["Acme"]
