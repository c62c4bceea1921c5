"""A member takes another mail address, by which they sign in from then on: a code mailed to it proves it, the password or a code mailed
to the present one who asks; the present one is told, and whoever was signed in is signed out."""

from portal.database import savepoint, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Invalid, Refused, Taken
from portal.domain.events import log
from portal.domain.mail import addresses, outbox
from portal.domain.members import holding, members, passwords
from portal.domain.members.passwords import Proof
from portal.domain.members.sign_ins import codes, sign_ins
from portal.domain.members.sign_ins.sign_ins import SignedIn
from portal.domain.members.tables import Member
from portal.domain.sentences import say


def ask(club: Partner, member: Member, mail: str, *, browser: str | None, network: str) -> str:
    """Have a code mailed to the new address, and one to the present where no password proves who asks; the secret of the browser. An
    address that somebody has is answered alike, and nothing is mailed to it. Raises Invalid."""
    with transaction():
        key = codes.ask(club, mail, browser=browser, known_as=None, network=network, moved=member.id)
        if member.password_hash is None and member.mail:
            codes.ask(club, member.mail, browser=key, known_as=member.id, network=network)
    return key


def move(member_id: int, new: str, code: str, proof: Proof, browser: str, address: str, agent: str) -> SignedIn:
    """The member has the new address from now on; the sign-in that goes on in this browser is a new one. Raises Invalid for a wrong
    code or proof, Refused for who was changed a moment ago."""
    member = Member.get_by_id(member_id)
    passwords.refuse_wrong(member, proof)
    with transaction():
        _hold(member)
        if proof.password is None:
            _use(member, str(member.mail), proof.code, browser, "present_code")
        _use(member, new, code, browser, "code", moved=member.id)
        try:
            with savepoint():
                moved = members.change(member, {"mail": new})
        except Taken:  # Somebody else took it after the code was mailed.
            raise codes.wrong() from None
        log.record(member.partner_id, "member.mail_changed", "member", member.uuid)
        _tell(member)
        return sign_ins.begin(moved, new, address, agent)


def _hold(member: Member) -> None:
    """As they were when they proved who they are."""
    holding.hold(member)
    now = Member.get_by_id(member.id)
    if (now.mail, now.password_hash) != (member.mail, member.password_hash):
        raise Refused(say("Your details were changed elsewhere a moment ago. Load the page again."))


def _use(member: Member, mail: str, code: str, browser: str, field: str, moved: int | None = None) -> None:
    try:
        codes.use(member.partner_id, browser, mail, code, moved)
    except Invalid as error:
        raise Invalid(field, error.sentence) from None


def _tell(member: Member) -> None:
    """At the address that they had."""
    club = member.partner
    outbox.put(
        str(member.mail), say("Your mail address at {partner}", partner=club.club_called), "club_mail_changed", club.id,
        caused_by=club.id, language=member.language or club.language, name=member.first_name, partner=club.club_called,
        place=addresses.full(f"/club/{club.slug}"),
    )  # fmt: skip
