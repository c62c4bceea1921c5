"""What a company's tariff allows: so many of a thing, which options, and until when (contract: cards, "Tariff"). A partner that
is no company has no limit and every option, and so has test mode, from which nothing leaves the house."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.cards import codes
from portal.domain.cards.companies import used
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import Sentence, counted, forms, say


class _Term(NamedTuple):
    ends_at: int | None
    is_gone: bool


_TERM = Statement(
    "SELECT expires_at AS ends_at, deleted_at IS NOT NULL AS is_gone FROM company WHERE partner_id = :partner",
    row=_Term,
    lock="FOR SHARE",
)
# By the name of the limit: what it is called, the refusal to add one, and that of a tariff with fewer.
LIMITS = {
    "templates": say("Templates"),
    "managers": say("Managers"),
    "locations": say("Locations"),
    "integrations": say("API tokens"),
}
_OVER = {
    "templates": forms(
        "The tariff allows 1 template, and there is one.", "The tariff allows {number} templates, and there are {present}."
    ),
    "managers": forms(
        "The tariff allows 1 person in the team beside the owner, and there is one; who is invited counts.",
        "The tariff allows {number} people in the team beside the owner, and there are {present}; who is invited counts.",
    ),
    "locations": forms(
        "The tariff allows 1 location, and there is one.", "The tariff allows {number} locations, and there are {present}."
    ),
    "integrations": forms(
        "The tariff allows 1 API token, and there is one.", "The tariff allows {number} API tokens, and there are {present}."
    ),
}  # fmt: skip
_FEWER = {
    "templates": forms(
        "{tariff} allows 1 template, and {company} has {present}. Archive some first.",
        "{tariff} allows {number} templates, and {company} has {present}. Archive some first.",
    ),
    "managers": forms(
        "{tariff} allows 1 person in the team beside the owner, and {company} has {present}. Take some out of the team first.",
        "{tariff} allows {number} people in the team beside the owner, and {company} has {present}. Take some out of the team first.",
    ),
    "locations": forms(
        "{tariff} allows 1 location, and {company} has {present}. Close some first.",
        "{tariff} allows {number} locations, and {company} has {present}. Close some first.",
    ),
    "integrations": forms(
        "{tariff} allows 1 API token, and {company} has {present}. Revoke some first.",
        "{tariff} allows {number} API tokens, and {company} has {present}. Revoke some first.",
    ),
}
# By the column of the option: what it is called, and the refusal.
OPTIONS = {
    "push": (say("Pushes"), say("The tariff has no pushes.")),
    "auto_push": (say("Automatic pushes"), say("The tariff has no automatic pushes.")),
    "custom_auto_push": (say("Automatic pushes of your own"), say("The tariff has no automatic pushes of your own.")),
    "custom_fields": (say("Custom fields"), say("The tariff has no custom fields.")),
    "duplicates_check": (say("Search for duplicates"), say("The tariff has no search for duplicates.")),
    "phone_check": (say("Check of phones"), say("The tariff has no check of phones.")),
    "may_integrate": (say("Integrations"), say("The tariff has no integrations: no API token can be made.")),
    "referral_program": (say("Referral program"), say("The tariff has no referral program.")),
    "reports": (say("Charts and exports"), say("The tariff has no charts and no exports.")),
    "white_label": (say("Cards without the portal’s name"), say("The tariff shows the portal’s name on cards.")),
}


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
    allowed, present = getattr(tariff, limit), used.COUNTS[limit](partner_id)
    if present - replaced >= allowed:
        raise Refused(counted(allowed, *_OVER[limit], present=present), code=codes.LIMIT_REACHED)


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
    if term.ends_at is not None and term.ends_at <= clock.micros():
        raise Refused(ended(partner_id, term.ends_at), code=codes.TARIFF_EXPIRED)


def ended(partner_id: int, moment: int) -> Sentence:
    """What is said of a company whose tariff ended at a moment (microseconds)."""
    zone = ZoneInfo(Partner.get_by_id(partner_id).time_zone)
    day = clock.from_micros(moment).astimezone(zone).date()
    return say("The company’s tariff ended on {day}. It reads, and changes nothing until it is extended.", day=str(day))


def refuse_fewer(company: str, partner_id: int, tariff: Tariff) -> None:
    """In a transaction that holds the company: raise Refused when it has more of something than the tariff allows."""
    for use in uses(partner_id, tariff):
        if use.present > use.allowed:
            sentence = counted(use.allowed, *_FEWER[use.name], tariff=tariff.name, company=company, present=use.present)
            raise Refused(sentence, code=codes.LIMIT_REACHED)


def uses(partner_id: int, tariff: Tariff) -> list[Use]:
    """How much of each limit of the tariff the company has."""
    return [
        Use(name, label, used.COUNTS[name](partner_id), getattr(tariff, name)) for name, label in LIMITS.items()
    ]  # fmt: skip


def tariff_of(partner_id: int) -> Tariff | None:
    """The tariff of a company; None for who has no limits."""
    of_company = (Company.partner == partner_id, Company.deleted_at.is_null())
    return Tariff.select().join(Company).where(*of_company).first()


def has_ended(ends_at: datetime | None) -> bool:
    """Whether the end of a tariff has passed."""
    return ends_at is not None and ends_at <= clock.now()


def _refuse_without(tariff: Tariff, option: str) -> None:
    if not getattr(tariff, option):
        raise Refused(OPTIONS[option][1], code=codes.OPTION_MISSING)
