"""What a company's tariff allows: so many of a thing, and which options (contract: cards, "Tariff"). A partner that is no company
has no limit and every option."""

from collections.abc import Callable

from portal.domain.accounts.partners import partners
from portal.domain.cards import codes
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Refused
from portal.domain.sentences import counted, forms, say


def _templates(partner_id: int) -> int:
    its = (CardTemplate.partner == partner_id, CardTemplate.archived_at.is_null())
    return CardTemplate.select().where(*its).count()


# By the name of the limit: how many there are, and the refusal.
_LIMITS: dict[str, tuple[Callable[[int], int], tuple[str, str]]] = {
    "templates": (
        _templates,
        forms(
            "The tariff allows 1 template, and there is one.", "The tariff allows {number} templates, and there are {present}."
        ),
    ),
}  # fmt: skip
_OPTIONS = {
    "custom_fields": say("The tariff has no custom fields."),
    "referral_program": say("The tariff has no referral program."),
}


def refuse_over(partner_id: int, limit: str) -> None:
    """In the transaction that adds one more: raise Refused when the tariff allows no more. Exact, for others who add wait."""
    partners.hold(partner_id)
    tariff = _tariff(partner_id)
    if tariff is None:
        return
    count, sentences = _LIMITS[limit]
    allowed, present = getattr(tariff, limit), count(partner_id)
    if present >= allowed:
        raise Refused(counted(allowed, *sentences, present=present), code=codes.LIMIT_REACHED)


def refuse_without(partner_id: int, option: str) -> None:
    """Raise Refused when the tariff lacks the option."""
    tariff = _tariff(partner_id)
    if tariff is not None and not getattr(tariff, option):
        raise Refused(_OPTIONS[option], code=codes.OPTION_MISSING)


def _tariff(partner_id: int) -> Tariff | None:
    of_company = (Company.partner == partner_id, Company.deleted_at.is_null())
    return Tariff.select().join(Company).where(*of_company).first()
