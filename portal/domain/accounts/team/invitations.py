"""Inviting people into a team: a mailed link that works once, for seven days. Following it proves the mail address."""

from collections.abc import Callable
from datetime import timedelta

from peewee import JOIN, IntegrityError

from portal import clock
from portal.database import transaction
from portal.domain.accounts import languages
from portal.domain.accounts.partners import allowances
from portal.domain.accounts.people import proved
from portal.domain.accounts.people.people import FIELDS
from portal.domain.accounts.roles import OWNER, ROLE_WORDS
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.accounts.team import team
from portal.domain.accounts.team.tables import Invitation
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import outbox, stops, strangers, words
from portal.domain.sentences import say
from portal.domain.values import checked

LASTS = timedelta(days=7)
_PAUSE = timedelta(minutes=1)
_CHECKS = {"mail": FIELDS["mail"], "role": team.known_role}


def invite(
    partner: Partner, mail: str, role: str, by: int, link: Callable[[str], str], password: str = ""
) -> Invitation:
    """Mail somebody a link (`link(key)` makes it) by which they join with the role; as an owner asks for the password of `by`.

    Raises Invalid, Forbidden unless `by` owns the partner, or Refused when they work here or are invited already, or the
    mail must not be written (`strangers`).
    """
    taken = checked({"mail": mail, "role": role}, _CHECKS)
    proof = team.proven_for(taken["role"], by, password)
    with transaction():
        team.hold(partner.id, by, proof)
        _refuse_needless(partner, taken["mail"])
        if taken["role"] != OWNER:
            allowances.refuse_over(partner.id, allowances.MANAGERS)
        strangers.refuse_unasked(taken["mail"], by, partner.id)
        key = random_base62(32)
        row = Invitation.create(
            partner=partner, **taken, key_digest=digest(key), invited_by=by, expires_at=clock.now() + LASTS
        )
        _mail(row, link(key))
        log.record(partner.id, "team.invited", "invitation", row.id, {"role": row.role})
    return row


def invite_again(partner_id: int, invitation_id: int, by: int, link: Callable[[str], str]) -> Invitation:
    """Mail a new link, which works for seven days from now; the old one ends.

    Raises NotFound, Forbidden, or Refused within a minute of the last mail, or when it must not be written (`strangers`).
    """
    key, now = random_base62(32), clock.now()
    with transaction():
        team.hold(partner_id, by)
        row = open_one(partner_id, invitation_id)
        fresh = {"key_digest": digest(key), "sent_at": now, "expires_at": now + LASTS}
        if not _change(row, Invitation.sent_at <= now - _PAUSE, **fresh):
            raise Refused(say("A mail went out less than a minute ago. Wait a moment; it may be on its way."))
        strangers.refuse_unasked(row.mail, by, partner_id)
        _mail(row, link(key))
        log.record(partner_id, "team.invited_again", "invitation", row.id)
    return row


def withdraw(partner_id: int, invitation_id: int, by: int) -> Invitation:
    """End an open invitation: its link lets nobody in. Raises NotFound or Forbidden."""
    with transaction():
        team.hold(partner_id, by)
        row = open_one(partner_id, invitation_id)
        _change(row, withdrawn_at=clock.now())
        log.record(partner_id, "team.invitation_withdrawn", "invitation", row.id)
    return row


def open_of(partner_id: int) -> list[Invitation]:
    """The partner's open invitations, expired ones included, newest first."""
    return list(_joined().where(Invitation.partner == partner_id, *_still_open()).order_by(Invitation.id.desc()))


def open_one(partner_id: int, invitation_id: int) -> Invitation:
    """An open invitation of the partner's. Raises NotFound, alike for missing, foreign and ended."""
    row = _joined().where(Invitation.id == invitation_id, Invitation.partner == partner_id, *_still_open()).first()
    if row is None:
        raise NotFound(say("invitation"))
    return row


def of_key(key: str) -> Invitation | None:
    """The invitation whose link was mailed last with this key, in whatever state; None when there is none."""
    return _joined().where(Invitation.key_digest == digest(key)).first()


def state_of(row: Invitation) -> str:
    """accepted, withdrawn, expired or open."""
    if row.accepted_at is not None:
        return "accepted"
    if row.withdrawn_at is not None:
        return "withdrawn"
    return "expired" if row.expires_at <= clock.now() else "open"


def invited_person(row: Invitation) -> User | None:
    """Who has the invited mail address already."""
    return User.get_or_none(User.mail == row.mail)


def accept(row: Invitation, user: User) -> Membership:
    """The person with the invited mail joins. Raises Refused when the link ended meanwhile or they work there already."""
    if user.mail != row.mail:
        raise Refused(say("This invitation is for {mail}. Sign in with that address.", mail=row.mail))
    with transaction():
        if Partner.get_by_id(row.partner_id).disabled_at:
            raise Refused(
                say(
                    "{name} is closed for the time being. Try again once the operator has opened it.",
                    name=row.partner.name,
                )
            )
        proved.prove(user.id)  # The link was mailed to the address.
        membership = team.join(row.partner_id, user.id, row.role)
        now, same_link = clock.now(), Invitation.key_digest == row.key_digest
        if not _change(row, same_link, Invitation.expires_at > now, accepted_at=now, accepted_by=user.id):
            raise Refused(say("This invitation has ended meanwhile. Ask an owner for a new one."))
    return membership


def accept_as_new(row: Invitation, name: str, password: str) -> User:
    """A person who was not known joins; the link has proved their mail. Raises Invalid, or Refused as `accept` does."""
    taken = checked({"name": name, "password": password}, FIELDS)
    password_hash = passwords.hashed(taken["password"])
    try:
        with transaction():
            user = User.create(
                mail=row.mail, name=taken["name"], password_hash=password_hash, proved_at=clock.now(),
                language=languages.of_newcomer(),
            )  # fmt: skip
            log.acting_as(f"user:{user.id}")
            accept(row, user)
    except IntegrityError:
        raise Refused(
            say("Somebody signed up with this mail address meanwhile. Sign in to accept the invitation.")
        ) from None
    return user


def _refuse_needless(partner: Partner, mail: str) -> None:
    if Membership.select().join(User).where(Membership.partner == partner, User.mail == mail).exists():
        raise Refused(say("{mail} works here already. Change the role in the list instead.", mail=mail), field="mail")
    if Invitation.select().where(Invitation.partner == partner, Invitation.mail == mail, *_still_open()).exists():
        raise Refused(
            say("{mail} is invited already. Send that invitation again, or withdraw it first.", mail=mail), field="mail"
        )


def _mail(row: Invitation, link: str) -> None:
    partner = Partner.get_by_id(row.partner_id)
    inviter = row.invited_by.name if row.invited_by else partner.name
    outbox.put(
        row.mail, say("Invitation to {name}", name=words.line(partner.name)), "invitation", partner.id,
        inviter=inviter, partner=partner.name, role=ROLE_WORDS[row.role], link=link, days=LASTS.days,
        unsubscribe=stops.link(row.mail), why="_why_unasked",
    )  # fmt: skip


def _change(row: Invitation, *conditions, **values) -> int:
    """Only while it is open."""
    return Invitation.update(**values).where(Invitation.id == row.id, *_still_open(), *conditions).execute()


def _joined():
    query = Invitation.select(Invitation, Partner, User).join(Partner).switch(Invitation)
    return query.join(User, JOIN.LEFT_OUTER, on=Invitation.invited_by)


def _still_open() -> tuple:
    return Invitation.accepted_at.is_null(), Invitation.withdrawn_at.is_null()
