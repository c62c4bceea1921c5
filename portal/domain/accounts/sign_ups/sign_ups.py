"""Signing up: what was typed waits in a row that a browser's cookie names, until what was mailed proves the address.

Then the person and their partner are founded, and signed in. Whether the address is somebody's already is looked up by
whoever reads the mail alone: beginning does the same work for all.
"""

from typing import NamedTuple

from peewee import IntegrityError

from portal import clock
from portal.database import transaction
from portal.domain.accounts import languages
from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import asked_links, passwords, sign_ins
from portal.domain.accounts.sign_ups import codes
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.accounts.tables import User
from portal.domain.errors import DomainError, Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.sentences import say
from portal.domain.values import checked


class HasAccount(DomainError):
    """The address was proved, and is somebody's who has an account."""

    def __init__(self) -> None:
        super().__init__(
            say("You have an account with this address already: sign in with its password, or set a new one.")
        )


class SignedUp(NamedTuple):
    """Somebody who has come in: their id, and the secret for their browser's cookie."""

    user_id: int
    key: str


def begin(
    mail: str,
    name: str,
    password: str,
    company: str,
    *,
    network: str = "",
    time_zone: str = "UTC",
    currency: str = "USD",
    accepted_terms: int | None = None,
) -> str:
    """Have a code mailed to whoever wants to found a partner; the secret for this browser's cookie.

    Raises Invalid with every wrong field, the terms of use included unless the version in force was accepted.
    """
    given: dict[str, object] = {"mail": mail, "name": name, "password": password, "company": company}
    given |= {"time_zone": time_zone, "currency": currency, "terms": accepted_terms}
    taken = checked(given, {**people.FIELDS, "terms": terms.acceptance})
    taken["password_hash"] = passwords.hashed(taken.pop("password"))
    key = random_base62(40)
    with transaction():
        row = HalfSignUp.create(
            **taken, key_digest=digest(key), network=network[:45], language=languages.of_newcomer(),
            expires_at=clock.now() + codes.LASTS,
        )  # fmt: skip
        asked_links.ask(row.mail, asked_links.SIGN_UP, half_sign_up=row.id)
    return key


def find(key: str | None) -> HalfSignUp | None:
    """What was begun in the browser of this key, while it holds."""
    return HalfSignUp.get_or_none(HalfSignUp.key_digest == digest(key), *_holds()) if key else None


def of_link(link: str) -> HalfSignUp | None:
    """What the mailed link finishes, while it holds."""
    number = codes.number_in(link)
    return HalfSignUp.get_or_none(HalfSignUp.id == number, *_holds()) if number else None


def send_again(row: HalfSignUp) -> None:
    """Mail the same code and link once more."""
    asked_links.ask(row.mail, asked_links.SIGN_UP, half_sign_up=row.id)


def finish_by_code(row: HalfSignUp, given: str, confirmed: bool, address: str, agent: str) -> SignedUp:
    """Found the person and the partner, and sign them in. Raises Invalid for another code than the one that was mailed,
    HasAccount when the address is somebody's, Refused when it took too long."""
    if not codes.fits(row, given):
        raise Invalid("code", say("This is not the code that was mailed. Type the eight digits of the newest mail."))
    return _finish(row, confirmed, address, agent)


def finish_by_link(
    row: HalfSignUp, key: str | None, password: str, confirmed: bool, address: str, agent: str
) -> SignedUp:
    """The same by the mailed link. In another browser than the one it was begun in the password is asked for: whoever
    reads the mail need not be who typed all that, and must not come to own what a stranger knows the password of.

    Raises Invalid for another password, and what `finish_by_code` does.
    """
    if not begun_in(row, key) and not passwords.matches(row.password_hash, password):
        raise Invalid("password", say("This is not the password that was chosen when this sign-up began."))
    return _finish(row, confirmed, address, agent)


def begun_in(row: HalfSignUp, key: str | None) -> bool:
    """Whether the browser of this key began it."""
    return key is not None and row.key_digest == digest(key)


def _finish(row: HalfSignUp, confirmed: bool, address: str, agent: str) -> SignedUp:
    try:
        return _founded(row, confirmed, address, agent)
    except IntegrityError:  # Somebody else took the address or the slug at the same moment.
        return _founded(row, confirmed, address, agent)


def _founded(row: HalfSignUp, confirmed: bool, address: str, agent: str) -> SignedUp:
    with transaction():
        if people.of_mail(row.mail):
            raise HasAccount
        if not HalfSignUp.update(used_at=clock.now()).where(HalfSignUp.id == row.id, *_holds()).execute():
            raise Refused(say("This sign-up has run out. Begin again."))
        user = User.create(
            mail=row.mail, name=row.name, password_hash=row.password_hash, language=row.language, proved_at=clock.now()
        )
        log.acting_as(f"user:{user.id}")
        partner = partners.found(row.company, user, confirmed, row.time_zone, row.currency)
        if row.terms and row.terms == terms.present_number():  # An owner is asked for a version that came meanwhile.
            terms.accept(partner.id, user.id, row.terms)
        return SignedUp(user.id, sign_ins.begin(user, address, agent))


def _holds() -> tuple:
    return HalfSignUp.used_at.is_null(), HalfSignUp.expires_at > clock.now()
