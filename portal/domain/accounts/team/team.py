"""Who works for a partner, and as what. At least one owner always stays: nobody else could let anybody in again."""

from typing import Any, NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.partners import allowances, partners
from portal.domain.accounts.people import lists as people_lists
from portal.domain.accounts.people.people import FIELDS, normal_mail
from portal.domain.accounts.roles import OWNER, ROLE_WORDS, ROLES
from portal.domain.accounts.sign_ins import passwords, proofs
from portal.domain.accounts.tables import ClientToken, Membership, Partner, User
from portal.domain.accounts.team import inherited
from portal.domain.accounts.team.tables import Invitation
from portal.domain.errors import Forbidden, NotFound, Refused
from portal.domain.events import log
from portal.domain.mail import addresses, outbox, strangers, words
from portal.domain.sentences import Sentence, say
from portal.domain.values import Wrong, checked

_PAGE = "/account/team"
_WHY = say("It is asked for because an owner decides about everything here.")
_OTHER_OWNERS = Statement(
    """SELECT COUNT(*) FROM membership m JOIN person u ON u.id = m.user_id
    WHERE m.partner_id = :partner AND m.id <> :membership AND m.role = 'owner' AND u.disabled_at IS NULL"""
)


class LeftBehind(NamedTuple):
    """What somebody who goes leaves: open invitations, which end, and API tokens, which go on working."""

    invitations: int
    tokens: int


def enrol(mail: str, name: str, password: str, partner: Partner, role: str) -> User:
    """A person who is not known yet, with a role at a partner. Raises Invalid, or Refused when the mail is known."""
    checked({"role": role}, {"role": known_role})
    if partner.is_test:
        raise Refused(
            say("People work for the live partner, and reach its test mode through it. Name the live partner.")
        )
    taken = checked({"mail": mail, "name": name, "password": password}, FIELDS)
    password_hash = passwords.hashed(taken.pop("password"))
    with transaction():
        refuse_known(mail)
        if role != OWNER:
            allowances.refuse_over(partner.id, allowances.MANAGERS)
        user = User.create(**taken, password_hash=password_hash, proved_at=clock.now())
        Membership.create(user=user, partner=partner, role=role)
        log.record(partner.id, "team.joined", "user", user.id, {"role": role})
    return user


def refuse_known(mail: str) -> None:
    """Raises Refused when somebody has this mail address."""
    if User.select().where(User.mail == normal_mail(mail)).exists():
        raise Refused(say("Somebody with the mail address {mail} is known already.", mail=normal_mail(mail)))


def known_role(value) -> str:
    """The check of a role that somebody chooses."""
    if value not in ROLES:
        raise Wrong(say("Choose one of the roles."))
    return value


def member(partner_id: int, membership_id: int) -> Membership:
    """Somebody of the team. Raises NotFound, alike for missing and foreign."""
    query = Membership.select(Membership, User).join(User)
    found = query.where(Membership.partner == partner_id, Membership.id == membership_id).first()
    if found is None:
        raise NotFound(say("person"))
    return found


def left_behind(row: Membership) -> LeftBehind:
    """What the person leaves at the partner."""
    its = (Partner.id == row.partner_id) | (Partner.live_partner == row.partner_id)
    tokens = ClientToken.select().join(Partner).where(its, ClientToken.created_by == row.user_id)
    return LeftBehind(
        invitations=Invitation.select().where(_invited_by(row)).count(),
        tokens=tokens.where(ClientToken.revoked_at.is_null()).count(),
    )


def change_role(partner_id: int, membership_id: int, role: str, by: int, password: str = "") -> Membership:
    """An owner gives somebody another role; making an owner asks for the password of `by`, and all owners are told.

    Raises NotFound, Invalid, Forbidden, or Refused for the last owner.
    """
    role = checked({"role": role}, {"role": known_role})["role"]
    proof = proven_for(role, by, password)
    with transaction():
        hold(partner_id, by, proof)
        row = member(partner_id, membership_id)
        if row.role != role:
            _refuse_last_owner(row)
            if row.role == OWNER:
                allowances.refuse_over(partner_id, allowances.MANAGERS)
            if role == OWNER:
                _tell_owners(
                    partner_id, row.user, say("{name} gave them this role.", name=words.line(User.get_by_id(by).name))
                )
            Membership.update(role=role).where(Membership.id == row.id).execute()
            _withdraw_invitations(row)
            log.record(partner_id, "team.role_changed", "user", row.user_id, {"from": row.role, "to": role})
            _tell(
                row,
                by,
                say("Your role at {partner} has changed"),
                "role_changed",
                role=ROLE_WORDS[role],
                may=ROLES[role],
            )
    return row


def remove(partner_id: int, membership_id: int, by: int) -> Membership:
    """An owner takes somebody out: their next page here is refused. Raises NotFound, Forbidden, or Refused."""
    with transaction():
        hold(partner_id, by)
        row = member(partner_id, membership_id)
        _end(row, "team.removed")
        _tell(row, by, say("You no longer work for {partner}"), "team_removed")
    return row


def leave(partner_id: int, user_id: int) -> None:
    """Somebody leaves a partner by themselves. Raises NotFound, or Refused for the last owner."""
    with transaction():
        partners.hold(partner_id)
        row = Membership.get_or_none(Membership.partner == partner_id, Membership.user == user_id)
        if row is None:
            raise NotFound(say("partner"))
        _end(row, "team.left")


def proven_for(role: str, by: int, password: str) -> User | None:
    """Who makes somebody an owner, by their password; None for other roles, which ask for none. Raises Invalid."""
    return proofs.by_password(by, password, why=_WHY) if role == OWNER else None


def hold(partner_id: int, by: int, proof: User | None = None) -> None:
    """In a transaction: nobody else changes this team until it ends.

    Raises Forbidden unless the person owns it still, Refused when what `proof` has proved holds no more.
    """
    if proof is not None:
        proofs.refuse_changed(proof)
    partners.hold(partner_id)
    if inherited.role(by, partner_id) != OWNER:
        raise Forbidden(say("Only an owner changes who works here. Ask an owner of this partner."))


def join(partner_id: int, user_id: int, role: str) -> Membership:
    """In a transaction: somebody joins the team. Raises Refused when they belong to it already."""
    partners.hold(partner_id)
    row = Membership.get_or_none(Membership.partner == partner_id, Membership.user == user_id)
    if row is not None:
        raise Refused(
            say(
                "You work here already, as {role}. An owner can give you another role under Team.",
                role=ROLE_WORDS[row.role],
            )
        )
    log.record(partner_id, "team.joined", "user", user_id, {"role": role})
    if role == OWNER:
        _tell_owners(partner_id, User.get_by_id(user_id), say("They were invited, and have accepted."))
    return Membership.create(partner=partner_id, user=user_id, role=role)


def _end(row: Membership, fact: str) -> None:
    _refuse_last_owner(row)
    Membership.delete().where(Membership.id == row.id).execute()
    _withdraw_invitations(row)
    log.record(row.partner_id, fact, "user", row.user_id, {"role": row.role})


def _tell(row: Membership, by: int, subject: Sentence, text: str, **values) -> None:
    """By mail, unless they did it themselves, or heard of much today already."""
    if row.user_id != by and strangers.may_reach(row.user.mail, row.partner_id):
        partner, owner = Partner.get_by_id(row.partner_id), User.get_by_id(by)
        link = addresses.full_for(partner.slug, _PAGE)
        values |= {"name": row.user.name, "partner": partner.name, "owner": owner.name, "link": link}
        outbox.put(row.user.mail, subject.format(partner=words.line(partner.name)), text, partner.id, **values)


def _tell_owners(partner_id: int, person: User, how: str) -> None:
    """All who own the partner already, whoever did it among them: somebody may have done it in their name."""
    partner = Partner.get_by_id(partner_id)
    values: dict[str, Any] = {"person": person.name, "mail": person.mail, "partner": partner.name, "how": how}
    values |= {"link": addresses.full_for(partner.slug, _PAGE), "reset": addresses.full("/password-reset")}
    for owner in people_lists.owners_of(partner_id):
        outbox.put(
            owner.mail,
            say("{name} has another owner", name=words.line(partner.name)),
            "owner_made",
            partner_id,
            name=owner.name,
            **values,
        )


def is_last_owner(row: Membership) -> bool:
    """Whether nobody else who can sign in owns the partner."""
    return row.role == OWNER and not _OTHER_OWNERS.value(partner=row.partner_id, membership=row.id)


def _refuse_last_owner(row: Membership) -> None:
    if is_last_owner(row):
        raise Refused(
            say("This is the last owner. Make somebody else an owner first; nobody else could manage the team.")
        )


def _withdraw_invitations(row: Membership) -> None:
    """Who no longer owns the partner lets nobody in either."""
    if row.role == OWNER:
        Invitation.update(withdrawn_at=clock.now()).where(_invited_by(row)).execute()


def _invited_by(row: Membership):
    open_still = Invitation.accepted_at.is_null() & Invitation.withdrawn_at.is_null()
    return (Invitation.partner == row.partner_id) & (Invitation.invited_by == row.user_id) & open_still
