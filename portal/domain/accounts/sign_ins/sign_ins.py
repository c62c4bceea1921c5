"""Sign-ins: rows that a browser's cookie names, so that ending one ends every copy of the cookie."""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.accounts.tables import Partner, SignIn, User
from portal.domain.accounts.team import inherited
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.sentences import say

LASTS = timedelta(days=14)
_SEEN_NOTED_MICROS = 600_000_000


class OpenSignIn(NamedTuple):
    """A sign-in that holds, and whose it is."""

    sign_in_id: int
    user_id: int
    mail: str
    name: str
    is_operator: bool
    acting_partner_id: int | None
    seen_at: int
    is_proved: bool
    language: str | None


class ActedFor(NamedTuple):
    """A partner that a person acts for, and their role there."""

    id: int
    uuid: str
    slug: str
    name: str
    time_zone: str
    currency: str
    clock_offset: int
    live_partner_id: int | None
    confirmed_at: int | None
    role: str
    parent_id: int | None  # of a company, in its test mode as well
    logo: str | None
    present_terms: int | None
    accepted_terms: int | None
    disabled_at: int | None
    language: str | None
    areas: str | None
    is_inherited: bool  # by the membership with the company's parent


_FIND = Statement(
    """SELECT s.id AS sign_in_id, u.id AS user_id, u.mail, u.name, u.is_operator, s.acting_partner_id, s.seen_at,
        u.proved_at IS NOT NULL AS is_proved, u.language
    FROM sign_in s JOIN person u ON u.id = s.user_id
    WHERE s.key_digest = :digest AND s.ended_at IS NULL AND s.expires_at > :now AND u.disabled_at IS NULL""",
    row=OpenSignIn,
)
# None before the first sign-in, 0 while none of those that are kept came from the address.
_IS_KNOWN_PLACE = Statement(
    "SELECT MAX(CASE WHEN address = :address THEN 1 ELSE 0 END) FROM sign_in WHERE user_id = :user"
)
# A twin is acted for through the membership with its live partner.
_ACTED_FOR = """SELECT p.id, p.uuid, p.slug, p.name, p.time_zone, p.currency, p.clock_offset, p.live_partner_id,
        p.confirmed_at, m.role, home.parent_id, p.logo, (SELECT MAX(number) FROM terms_version) AS present_terms,
        (SELECT MAX(terms_id) FROM terms_acceptance WHERE partner_id = m.partner_id) AS accepted_terms, p.disabled_at,
        p.language, home.areas"""
_OWN = Statement(
    f"""{_ACTED_FOR}, 1 = 0 AS is_inherited
    FROM membership m JOIN partner p ON p.id = m.partner_id OR p.live_partner_id = m.partner_id
    JOIN partner home ON home.id = m.partner_id
    WHERE m.user_id = :user ORDER BY CASE WHEN p.id = :chosen THEN 0 WHEN p.live_partner_id IS NULL THEN 1 ELSE 2 END,
        p.disabled_at IS NOT NULL, p.name""",
    row=ActedFor,
)
# A company, or its test mode, that somebody of its parent has stepped into.
_STEPPED_INTO = Statement(
    f"""{_ACTED_FOR}, 1 = 1 AS is_inherited
    FROM partner p JOIN partner home ON home.id = COALESCE(p.live_partner_id, p.id)
    JOIN partner parent ON parent.id = home.parent_id JOIN membership m ON m.partner_id = parent.id
    WHERE p.id = :chosen AND m.user_id = :user AND m.role IN ('owner', 'manager', 'viewer')
        AND home.disabled_at IS NULL AND parent.disabled_at IS NULL""",
    row=ActedFor,
)


def begin(user: User, address: str, agent: str) -> str:
    """Sign a person in; the secret for the cookie. Their partners' logs say when it is from an address that is new."""
    key, address = random_base62(40), address[:45]
    with transaction():
        is_new = _IS_KNOWN_PLACE.value(address=address, user=user.id) == 0
        made = SignIn.create(
            key_digest=digest(key),
            user=user,
            address=address,
            agent=agent[:255],
            expires_at=clock.now() + LASTS,
            acting_partner=_last_acting(user),
        )
        if is_new:
            _tell_of_new_place(user, made.id)
    return key


def find(key: str) -> OpenSignIn | None:
    """The sign-in of a cookie while it holds, or None."""
    now = clock.micros()
    found = _FIND.row(digest=digest(key), now=now)
    if found is not None and now - found.seen_at > _SEEN_NOTED_MICROS:
        _note_seen(found.sign_in_id, now)
    return found


def open_of(user_id: int) -> list[SignIn]:
    """The person's sign-ins that still hold, the one seen last first."""
    still_open = (SignIn.user == user_id) & SignIn.ended_at.is_null() & (SignIn.expires_at > clock.now())
    return list(SignIn.select().where(still_open).order_by(SignIn.seen_at.desc(), SignIn.id.desc()).limit(100))


def end(key: str) -> None:
    """Sign out: this cookie and every copy of it."""
    with transaction():
        _end(SignIn.key_digest == digest(key))


def end_one(user_id: int, sign_in_id: int) -> None:
    """End one of the person's sign-ins. Raises NotFound when it has ended or is somebody else's."""
    with transaction():
        if not _end(SignIn.id == sign_in_id, SignIn.user == user_id):
            raise NotFound(say("sign-in"))


def end_others(user_id: int, sign_in_id: int) -> int:
    """End all of the person's sign-ins but this one; how many that were."""
    with transaction():
        return _end(SignIn.user == user_id, SignIn.id != sign_in_id)


def alone(user_id: int, sign_in_id: int) -> str:
    """In the running transaction: nobody but this browser stays signed in as the person, no copy of its cookie either.

    The new secret for its cookie. Raises NotFound when the sign-in has ended meanwhile.
    """
    key = random_base62(40)
    _end(SignIn.user == user_id, SignIn.id != sign_in_id)
    renewed = SignIn.update(key_digest=digest(key)).where(
        SignIn.id == sign_in_id, SignIn.user == user_id, SignIn.ended_at.is_null()
    )
    if not renewed.execute():
        raise NotFound(say("sign-in"))
    return key


def end_all(user_id: int) -> None:
    """End every sign-in of the person, in the running transaction."""
    _end(SignIn.user == user_id)


def may_act_for(user_id: int, chosen: int | None) -> list[ActedFor]:
    """The partners that the person may act for, that they do first: the chosen one, a company of their partner's as well; else
    the first of theirs. Their test modes come last."""
    own = _OWN.rows(user=user_id, chosen=chosen)
    if chosen is None or (own and own[0].id == chosen):
        return own
    return _STEPPED_INTO.rows(user=user_id, chosen=chosen) + own


def acting_for(user_id: int, chosen: int | None) -> ActedFor | None:
    """The partner that the person acts for."""
    return next(iter(may_act_for(user_id, chosen)), None)


def act_for(sign_in_id: int, user_id: int, partner_id: int) -> None:
    """Choose the partner to act for. Raises NotFound unless the person belongs to it (or to the twin's live partner), or to its
    parent: stepping into a company stands in the logs of both."""
    partner = Partner.get_or_none(Partner.id == partner_id)
    home = partner and (partner.live_partner_id or partner.id)
    if not home or inherited.role(user_id, home) is None:
        raise NotFound(say("partner"))
    with transaction():
        SignIn.update(acting_partner=partner_id).where(SignIn.id == sign_in_id).execute()
        log.record(partner_id, "sign_in.acted_for", "user", user_id)
        if parent := inherited.parent_stepped_from(user_id, home):
            log.record(parent, "sign_in.stepped_in", "company", Partner.get_by_id(home).uuid)


def _end(*which) -> int:
    return SignIn.update(ended_at=clock.now()).where(SignIn.ended_at.is_null(), *which).execute()


def _note_seen(sign_in_id: int, now: int) -> None:
    try:
        with transaction():
            SignIn.update(seen_at=now).where(SignIn.id == sign_in_id).execute()
    except AWAY:
        pass  # Only a courtesy of the list of sign-ins; no reason to refuse a page.


def _tell_of_new_place(user: User, sign_in_id: int) -> None:
    log.acting_as(f"user:{user.id}")
    for membership in user.memberships:
        log.record(membership.partner_id, "sign_in.new_place", "user", user.id, {"sign_in": sign_in_id})


def _last_acting(user: User) -> int | None:
    """The partner chosen last; whoever had stepped into a company begins at its parent."""
    last = SignIn.select(SignIn.acting_partner).where(SignIn.user == user).order_by(SignIn.id.desc()).first()
    chosen = last and last.acting_partner
    home = chosen and (chosen.live_partner_id or chosen.id)
    return home and (inherited.parent_stepped_from(user.id, home) or chosen.id)
