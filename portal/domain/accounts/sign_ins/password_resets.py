"""Mailed links that prove an address, and set a new password: for whoever has signed up, or has forgotten it. Operators hand them over too."""

from datetime import timedelta
from typing import Any

from portal import clock
from portal.database import transaction
from portal.domain.accounts.people import claims, people, proved
from portal.domain.accounts.sign_ins import guesses, notices, passwords, sign_ins
from portal.domain.accounts.sign_ins.asked_links import RESET
from portal.domain.accounts.sign_ins.tables import AskedLink
from portal.domain.accounts.sign_ups import codes as sign_up_codes
from portal.domain.accounts.tables import PasswordReset, User
from portal.domain.errors import Refused
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import addresses, outbox, strangers
from portal.domain.sentences import say

LASTS, PROOF_LASTS = timedelta(hours=1), timedelta(days=7)
MOST, _WINDOW = (
    5,
    3600,
)  # mails at once, and in an hour: no stranger fills a letterbox, and its owner has a link that is fresh


def answer_asked() -> int:
    """The worker mails links that were asked for; how many askings were taken up. It repeats it until 0."""
    asked = list(AskedLink.select().order_by(AskedLink.id).limit(20))
    for row in asked:
        user = people.of_mail(row.mail)
        may_mail = _may_mail(user, row)
        with transaction():
            if AskedLink.delete().where(AskedLink.id == row.id).execute() and may_mail:
                _answer(user, row)
    return len(asked)


def _may_mail(user: User | None, asked: AskedLink) -> bool:
    if user is None or user.disabled_at is not None:
        return user is None and asked.half_sign_up_id is not None
    return asked.half_sign_up_id is not None or _has_room(user, asked)


def _has_room(user: User, asked: AskedLink) -> bool:
    where = "a known browser" if asked.in_known_browser else "anywhere"
    try:
        guesses.take(guesses.Counter(f"mailed link asked for in {where}", str(user.id), MOST, _WINDOW))
    except guesses.TooMany:
        return False
    return True


def _answer(user: User | None, asked: AskedLink) -> None:
    half = asked.half_sign_up
    if half is not None and not strangers.may_get_code(half.mail, half.network):
        return  # Anybody can sign up with any address.
    if user is None:
        return sign_up_codes.mail(half) if half else None
    if asked.reason == RESET:
        return _mail(user, say("Set a new password"), "password_reset", "/password-reset", LASTS)
    if user.proved_at is None:
        return _mail(user, say("Prove your mail address"), "prove_address", "/address-proof", PROOF_LASTS)
    places: dict[str, Any] = {"link": addresses.full("/sign-in"), "reset": addresses.full("/password-reset")}
    outbox.put(user.mail, say("You already have an account"), "already_signed_up", name=user.name, **places)


def _mail(user: User, subject: str, text: str, place: str, lasts: timedelta) -> None:
    link = addresses.full(f"{place}/{_new_key(user, lasts)}")
    outbox.put(user.mail, subject, text, name=user.name, mail=user.mail, link=link)


def link_for(user: User) -> str:
    """A link that sets a new password within an hour, for the operator to hand over. Raises Refused when they are kept out."""
    if user.disabled_at:
        raise Refused(say("{mail} is disabled and could not sign in. Let them in again first.", mail=user.mail))
    with transaction():
        notices.note(user, "password.link_made")
        return addresses.full(f"/password-reset/{_new_key(user)}")


def send(user: User) -> None:
    """Mail them such a link because the operator says so. Raises Refused when they are kept out."""
    with transaction():
        outbox.put(user.mail, say("Set a new password"), "password_reset", name=user.name, link=link_for(user))


def _new_key(user: User, lasts: timedelta = LASTS) -> str:
    key = random_base62(32)
    PasswordReset.create(user=user, key_digest=digest(key), expires_at=clock.now() + lasts)
    return key


def owner_of(key: str) -> User | None:
    """Whose link it is while it works, else None."""
    found = _open(PasswordReset.key_digest == digest(key)).first()
    return found.user if found else None


def use(key: str, password: str, keeps: bool | None = None) -> User:
    """Set the password and end every sign-in; whose it is.

    It proves the address. If nothing had, whoever reads the mail need not be who signed up: the second factor goes too, and
    `keeps` says whether the partners are theirs. Raises Refused when the link was used or is too old, Invalid when the
    password is too short or nothing is said of the partners.
    """
    password_hash = passwords.hashed(password)
    with transaction():
        user = _claimed(key)
        people.set_password(user, password_hash)
        sign_ins.end_all(user.id)
        if proved.prove(user.id):
            notices.note(user, "person.proved")
            claims.settle(user, keeps)
        return user


def prove(key: str, user_id: int) -> None:
    """Whoever is signed in, and so knows the password, has followed the link: the address is theirs, and all stays as it is.

    Raises Refused when the link was used, is too old or somebody else's.
    """
    with transaction():
        user = _claimed(key)
        if user.id != user_id:
            raise Refused(say("This link is for {mail}. Sign in with that address.", mail=user.mail))
        people.spend_reset_links(user_id)
        if proved.prove(user_id):
            notices.note(user, "person.proved")


def _claimed(key: str) -> User:
    """In the running transaction: the link is used up."""
    its = PasswordReset.key_digest == digest(key)
    if not PasswordReset.update(used_at=clock.now()).where(its, *_works()).execute():
        raise Refused(say("This link was used already or has run out. Ask for a new one."))
    return PasswordReset.get(its).user


def _open(whose):
    return PasswordReset.select().where(whose, *_works())


def _works() -> tuple:
    return PasswordReset.used_at.is_null(), PasswordReset.expires_at > clock.now()
