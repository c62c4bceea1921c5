"""Passwords of members, which apps sign them in by (contract: member-offers, "Member tokens"). Nobody needs one."""

from typing import NamedTuple

from portal import clock
from portal.database import transaction
from portal.domain.accounts.sign_ins import passwords
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.mail import addresses, outbox
from portal.domain.members.oauth import chains
from portal.domain.members.sign_ins import codes, sign_ins
from portal.domain.members.sign_ins.sign_ins import SignedIn
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class Proof(NamedTuple):
    """That it is the member who asks: the password that they have, or the code that was mailed for this browser."""

    password: str | None
    browser: str | None = None
    code: str = ""


def change(member_id: int, new: str | None, proof: Proof, address: str, agent: str) -> SignedIn:
    """Set, change or remove (None) the member's password, and tell them by mail. Whoever was signed in is signed out, in apps too;
    the sign-in that goes on in this browser is a new one. Raises Invalid for a password that is too simple, and for a wrong proof."""
    member = Member.get_by_id(member_id)
    hashed = None if new is None else passwords.hashed(new)
    refuse_wrong(member, proof)
    with transaction():
        if proof.password is None:
            codes.use(member.partner_id, proof.browser or "", member.mail, proof.code)
        _put(member, hashed)
        sign_ins.end_all(member.id)
        chains.end_of_member(member.id)
        _tell(member, hashed is not None)
        return sign_ins.begin(member, member.mail, address, agent)


def refuse_wrong(member: Member, proof: Proof) -> None:
    """Raises Invalid for a password that is not theirs; codes are used up in the transaction of the change."""
    if proof.password == "":
        raise Invalid("present", say("Give your password."))
    if proof.password is not None and not passwords.matches(member.password_hash, proof.password):
        raise Invalid("present", say("This is not the password that you have."))


def _put(member: Member, hashed: str | None) -> None:
    as_proved = (
        Member.password_hash.is_null() if member.password_hash is None else Member.password_hash == member.password_hash
    )
    kept = Member.update(password_hash=hashed, updated_at=clock.now())
    if not kept.where(Member.id == member.id, Member.mail == member.mail, as_proved).execute():
        raise Refused(say("The password was changed elsewhere a moment ago. Load the page again."))


def _tell(member: Member, is_set: bool) -> None:
    partner = member.partner
    log.record(partner.id, "member.password_set" if is_set else "member.password_removed", "member", member.uuid)
    outbox.put(
        str(member.mail), say("Your password at {partner}", partner=partner.club_called),
        "club_password_set" if is_set else "club_password_removed", partner.id, caused_by=partner.id,
        language=member.language or partner.language, name=member.first_name, partner=partner.club_called,
        place=addresses.full(f"/club/{partner.slug}"),
    )  # fmt: skip
