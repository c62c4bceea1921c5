"""The terms of use: the operator publishes versions, owners accept the present one for their partner."""

from peewee import JOIN, fn

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.accounts.partners.terms_tables import TermsAcceptance, TermsVersion
from portal.domain.accounts.tables import Membership, User
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

LONGEST = 100_000
# Counted inside the statement; of two who publish at once the second is refused by the key.
_PUBLISH = Statement(
    """INSERT INTO terms_version (number, text, published_at, published_by_id)
    SELECT COALESCE(MAX(number), 0) + 1, :text, :now, :by FROM terms_version WHERE TRUE
    ON CONFLICT (number) DO NOTHING"""
)


def present_number() -> int | None:
    """The number of the version that is in force, or None before the first."""
    return TermsVersion.select(fn.MAX(TermsVersion.number)).scalar()


def present() -> TermsVersion | None:
    """The version that is in force, or None before the first."""
    return TermsVersion.select().order_by(TermsVersion.number.desc()).first()


def version(number: int) -> TermsVersion:
    """A version by its number. Raises NotFound."""
    found = TermsVersion.get_or_none(TermsVersion.number == number)
    if found is None:
        raise NotFound(say("version"))
    return found


def versions() -> list[TermsVersion]:
    """Every version, newest first, with who published it; without the texts."""
    columns = (TermsVersion.number, TermsVersion.published_at, User)
    query = TermsVersion.select(*columns).join(User, JOIN.LEFT_OUTER, on=TermsVersion.published_by)
    return list(query.order_by(TermsVersion.number.desc()))


def acceptances() -> dict[int, int]:
    """How many partners accepted each version, by its number."""
    counts = TermsAcceptance.select(TermsAcceptance.terms, fn.COUNT(TermsAcceptance.id).alias("number"))
    return {one.terms_id: one.number for one in counts.group_by(TermsAcceptance.terms)}


def publish(text: str, by: int | None) -> TermsVersion:
    """A new version, in force from now on. Raises Invalid for an empty text, Refused when nothing is new in it."""
    taken = checked({"text": (text or "").replace("\r\n", "\n")}, {"text": values.required_text(LONGEST)})["text"]
    with transaction():
        before = present()
        if before is not None and before.text == taken:
            raise Refused(
                say("This is word for word version {number}. Change the text first.", number=before.number),
                field="text",
            )
        if not _PUBLISH.run(text=taken, now=clock.micros(), by=by):
            raise Refused(say("Somebody else published a version at the same moment. Read it, then publish again."))
        return version(present_number() or 0)


def acceptance(value) -> int | None:
    """The check of what whoever founds a partner accepts: the number of the version in force, if there is one."""
    now = present_number()
    if now is not None and value != now:
        raise Wrong(say("Read the terms of use, version {now}, and accept them.", now=now))
    return value


def accept(partner_id: int, user_id: int, number: int | None) -> bool:
    """An owner accepts the version in force for the (live) partner; whether this call did it.

    Raises Refused when there is none, or when another version has replaced the one that was read, and NotFound when
    the person does not own the partner.
    """
    with transaction():
        now = present_number()
        if now is None or number != now:
            raise Refused(say("These terms of use are not in force. Read the present version, and accept that one."))
        if not Membership.select().where(_owns(partner_id, user_id)).exists():
            raise NotFound(say("partner"))
        accepted = TermsAcceptance.insert(partner=partner_id, terms=now, accepted_by=user_id, accepted_at=clock.now())
        done = bool(accepted.on_conflict_ignore().as_rowcount().execute())
        if done:
            log.record(partner_id, "terms.accepted", "terms", now)
    return done


def accepted(partner_id: int) -> TermsAcceptance | None:
    """The latest version that was accepted for the partner, when and by whom; or None."""
    query = TermsAcceptance.select(TermsAcceptance, User).join(User, JOIN.LEFT_OUTER, on=TermsAcceptance.accepted_by)
    return query.where(TermsAcceptance.partner == partner_id).order_by(TermsAcceptance.terms.desc()).first()


def _owns(partner_id: int, user_id: int):
    return (Membership.partner == partner_id) & (Membership.user == user_id) & (Membership.role == "owner")
