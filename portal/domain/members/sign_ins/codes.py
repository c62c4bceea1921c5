"""Codes to sign in to a club: asked for with a mail address, mailed by the worker to whoever has it, typed into the same browser.

Asking does the same work whether or not a member has the address. A code that was asked for twice works in both mails.
"""

from datetime import timedelta

from portal import clock
from portal.database import after_commit, transaction
from portal.domain import mailed_codes
from portal.domain.accounts import languages
from portal.domain.accounts.tables import Partner
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import log
from portal.domain.identifiers import digest, random_base62
from portal.domain.mail import addresses, outbox, strangers
from portal.domain.members import finding, holding
from portal.domain.members.sign_ins import sign_ins
from portal.domain.members.sign_ins.sign_ins import SignedIn
from portal.domain.members.sign_ins.tables import AskedCode, wall
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.typed.mail_addresses import mail_address
from portal.domain.values import checked

LASTS = timedelta(minutes=30)
MINUTES = LASTS // timedelta(minutes=1)
_AT_ONCE = 20
_PURPOSE = "code of a club"


def ask(
    partner: Partner, mail: str, *, browser: str | None, known_as: int | None, network: str, moved: int | None = None
) -> str:
    """Have a code mailed to a member with this address; the secret for the cookie of the browser that it works in, a new one unless
    it has one. `known_as` is whom that browser has come in as before; `moved` who wants to have an address that is nobody's yet.
    Raises Invalid."""
    taken = checked({"mail": mail}, {"mail": mail_address})
    key = browser or random_base62(40)
    with transaction():
        AskedCode.create(
            partner=partner, mail=taken["mail"], browser_digest=digest(key), known_member=known_as, network=network[:45],
            language=languages.of_newcomer(), expires_at=wall() + LASTS, moved=moved,
        )  # fmt: skip
        after_commit(log.tell)
    return key


def newest(partner_id: int, browser: str | None, moved: int | None = None) -> AskedCode | None:
    """What was asked for last in this browser, while it holds: to sign in, or by who wants another address."""
    return _asked(partner_id, browser, moved).order_by(AskedCode.id.desc()).first() if browser else None


def code_of(asked: AskedCode) -> str:
    """The code, as it is mailed."""
    return mailed_codes.code(_PURPOSE, _named(asked))


def sign_in(partner_id: int, browser: str, mail: str, given: str, address: str, agent: str) -> SignedIn:
    """Sign in whom the code was mailed to; all codes to the address are used up. Raises Invalid for another code."""
    with transaction():
        return sign_ins.begin(use(partner_id, browser, mail, given), mail, address, agent)


def use(partner_id: int, browser: str, mail: str, given: str, moved: int | None = None) -> Member:
    """In a transaction: whom the code was mailed to, held; all codes to the address are used up. Raises Invalid for another code."""
    rows = [row for row in _asked(partner_id, browser, moved) if row.mail == mail]
    fitting = [row for row in rows if mailed_codes.fits(_PURPOSE, _named(row), given) and row.member_id]
    if not fitting:
        raise wrong()
    theirs = (AskedCode.partner == partner_id) & (AskedCode.mail == mail) & AskedCode.used_at.is_null()
    its = fitting[0].id
    if not AskedCode.update(used_at=wall()).where(theirs, AskedCode.id == its).execute():
        raise wrong()
    AskedCode.update(used_at=wall()).where(theirs).execute()
    return _held(fitting[0])


def answer_asked() -> int:
    """The worker mails codes that were asked for; how many were taken up. It repeats it until 0."""
    asked = list(AskedCode.select().where(AskedCode.answered_at.is_null()).order_by(AskedCode.id).limit(_AT_ONCE))
    for row in asked:
        answer(row)
    return len(asked)


def answer(row: AskedCode) -> bool:
    """Mail the code to the member with the address; False where none has it, none more may be mailed, or it was answered."""
    with clock.acting(row.partner.clock_offset), transaction():
        its = (AskedCode.id == row.id) & AskedCode.answered_at.is_null()
        if not AskedCode.update(answered_at=wall()).where(its).execute():
            return False
        found = _receiver(row)
        if found is None or not _may_mail(row, found):
            return False
        AskedCode.update(member=found).where(AskedCode.id == row.id).execute()
        _mail(row, Member.get_by_id(found))
        return True


def shown(row: AskedCode) -> str:
    """The code itself, for a demo that mails nothing: it works however many were asked for."""
    answer(row)
    with transaction():
        AskedCode.update(member=_receiver(row)).where(AskedCode.id == row.id).execute()
    return code_of(row)


def _receiver(row: AskedCode) -> int | None:
    """The member with the address; who wants to have it, while nobody has."""
    found = finding.one(row.partner_id, mail=row.mail)
    if row.moved_id is None:
        return found
    return row.moved_id if found is None else None


def _may_mail(row: AskedCode, member: int) -> bool:
    """A browser that the member has come in with is never refused for what strangers asked for."""
    if row.partner.is_test or row.known_member == member:
        return True
    return strangers.may_get_club_code(row.partner_id, row.mail, row.network)


def _mail(row: AskedCode, member: Member) -> None:
    partner, text = row.partner, "club_code" if row.moved_id is None else "club_mail_code"
    outbox.put(
        row.mail, say("Your code for {partner}", partner=partner.club_called), text, partner.id, caused_by=partner.id,
        language=row.language or member.language or partner.language, name=member.first_name, partner=partner.club_called,
        code=code_of(row), minutes=MINUTES, place=addresses.full(f"/club/{partner.slug}"),
    )  # fmt: skip


def _held(row: AskedCode) -> Member:
    """In the transaction: the member still has the address, and is neither erased nor merged before it ends."""
    member = Member.get_by_id(row.member_id)
    try:
        holding.hold(member)
    except NotFound:
        raise wrong() from None
    if row.moved_id is None and Member.get_by_id(member.id).mail != row.mail:
        raise wrong()
    return member


def _asked(partner_id: int, browser: str | None, moved: int | None = None):
    of_whom = AskedCode.moved.is_null() if moved is None else AskedCode.moved == moved
    its = (AskedCode.partner == partner_id) & (AskedCode.browser_digest == digest(browser or ""))
    return AskedCode.select().where(its, of_whom, AskedCode.used_at.is_null(), AskedCode.expires_at > wall())


def _named(row: AskedCode) -> str:
    return f"{row.id} {row.browser_digest}"


def wrong() -> Invalid:
    """What is said of a code that does not fit."""
    return Invalid("code", say("This is not the code that was mailed. Type the eight digits of the newest mail."))
