"""What a company's tariff allows: so many of a thing, which options, and until when (contract: cards, "Tariff"). A partner that
is no company has no limit and every option, and so has test mode, from which nothing leaves the house."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.cards import codes
from portal.domain.cards.companies import used
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.companies.words import FEWER, LIMITS, OPTIONS, OVER
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import Sentence, counted, say


class _Term(NamedTuple):
    ends_at: int | None
    is_gone: bool


_TERM = Statement(
    "SELECT expires_at AS ends_at, deleted_at IS NOT NULL AS is_gone FROM company WHERE partner_id = :partner",
    row=_Term,
    lock="FOR SHARE",
)


class Use(NamedTuple):
    """One limit of a company's: its name, how many there are, and how many are allowed."""

    name: str
    label: str
    present: int
    allowed: int


def refuse_over(partner_id: int, limit: str, replaced: int = 0) -> None:
    """In the transaction that adds one more in the place of so many: raise Refused when the tariff allows no more, or has ended.
    Exact, for others who add wait."""
    partners.hold(partner_id)
    refuse_expired(partner_id)
    tariff = tariff_of(partner_id)
    if tariff is None:
        return
    if limit == "integrations":
        _refuse_without(tariff, "may_integrate")
    allowed, present = getattr(tariff, limit), used.present(limit, partner_id)
    if present - replaced >= allowed:
        raise Refused(counted(allowed, *OVER[limit], present=present), code=codes.LIMIT_REACHED)


def refuse_without(partner_id: int, option: str) -> None:
    """Raise Refused when the tariff lacks the option."""
    tariff = tariff_of(partner_id)
    if tariff is not None:
        _refuse_without(tariff, option)


def offers(partner_id: int, option: str) -> bool:
    """Whether the tariff has the option: pages leave out what it lacks."""
    tariff = tariff_of(partner_id)
    return tariff is None or getattr(tariff, option)


def refuse_expired(partner_id: int) -> None:
    """In the transaction that changes what the tariff carries: raise Refused when it has ended, NotFound when the company is
    deleted. Neither happens until the transaction ends."""
    term = _TERM.row(partner=partner_id)
    if term is None:
        return
    if term.is_gone:
        raise NotFound(say("company"))
    if term.ends_at is not None and clock.has_passed(term.ends_at):
        raise Refused(ended(partner_id, term.ends_at), code=codes.TARIFF_EXPIRED)


def ended(partner_id: int, moment: int) -> Sentence:
    """What is said of a company whose tariff ended at a moment (microseconds)."""
    zone = ZoneInfo(Partner.get_by_id(partner_id).time_zone)
    day = clock.from_micros(moment).astimezone(zone).date()
    return say("The company’s tariff ended on {day}. It reads, and changes nothing until it is extended.", day=str(day))


def refuse_fewer(company: str, partner_id: int, tariff: Tariff) -> None:
    """In a transaction that holds the company: raise Refused when it has more of something than the tariff allows."""
    if lacking := too_much(company, uses(partner_id, tariff), tariff):
        raise Refused(lacking[0], code=codes.LIMIT_REACHED)


def too_much(company: str, its: list["Use"], tariff: Tariff) -> list[Sentence]:
    """What a company has more of than a tariff allows, and what to do about it."""
    over = [use for use in its if use.present > getattr(tariff, use.name)]
    return [
        counted(
            getattr(tariff, use.name), *FEWER[use.name], tariff=tariff.name, company=company, present=use.present
        )
        for use in over
    ]  # fmt: skip


def uses(partner_id: int, tariff: Tariff) -> list[Use]:
    """How much of each limit of the tariff the company has."""
    return [
        Use(name, label, used.present(name, partner_id), getattr(tariff, name)) for name, label in LIMITS.items()
    ]  # fmt: skip


def tariff_of(partner_id: int) -> Tariff | None:
    """The tariff of a company; None for who has no limits."""
    of_company = (Company.partner == partner_id, Company.deleted_at.is_null())
    return Tariff.select().join(Company).where(*of_company).first()


def _refuse_without(tariff: Tariff, option: str) -> None:
    if not getattr(tariff, option):
        raise Refused(OPTIONS[option][1], code=codes.OPTION_MISSING)
