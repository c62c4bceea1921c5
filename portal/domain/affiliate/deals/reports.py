"""What a merchant reports of a deal, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from portal.database import Statement
from portal.domain import codes as domain_codes
from portal.domain import money, values
from portal.domain.affiliate import codes
from portal.domain.affiliate.deals import forgetting, moves, queries
from portal.domain.affiliate.deals.rows import LockedDeal, Terms
from portal.domain.affiliate.deals.words import DEAL_STATUSES
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.domain.steps import Steps
from portal.domain.typed.texts import compared, mended, tidy
from portal.domain.values import Wrong

CATALOG, OFFER, CURRENCY = "catalog known", "offer known", "currency priced"
_CODES = {CATALOG: codes.CATALOG_CODE_UNKNOWN, OFFER: codes.OFFER_UNKNOWN, CURRENCY: codes.CURRENCY_NOT_PRICED}
UNCHANGED_SINCE = "same parameters as before"
LONGEST_DATA, LONGEST_COMMENT = 4000, 2000
_DIFFERS = say("Differs from the first report of this deal.")
_deal_id = values.printable_text(255)
_COMMENT = {"comment": values.optional_text(LONGEST_COMMENT)}


@dataclass(slots=True)
class Report:
    """What a merchant says of a deal. `cost` is in units of the currency."""

    status: str
    offer: str
    cost: Decimal
    currency: str
    deal_id: str
    catalog_code: str
    is_returned: bool = False
    promo_code: str | None = None
    another_data: str | None = None


def checked(said: Report) -> int:
    """Tidy the report; its cost in minor units. Raises Invalid with all that is wrong by itself."""
    said.offer, said.catalog_code = tidy(said.offer), tidy(said.catalog_code)
    said.promo_code, said.another_data = tidy(said.promo_code or "") or None, tidy(said.another_data or "") or None
    faults = _faults(said)
    try:
        cost = cost_of(said.cost, said.currency)
    except Invalid as error:
        faults[error.field] = Wrong(error.sentence, error.code)
    if faults:
        errors = [(field, str(wrong)) for field, wrong in faults.items()]
        raise Invalid(*errors[0], errors, of_fields={field: wrong.code for field, wrong in faults.items()})
    return cost


def _faults(said: Report) -> dict[str, Wrong]:
    """What is wrong, by field."""
    faults = {}
    try:
        said.deal_id = checked_id(said.deal_id)
    except Invalid as error:
        faults["deal_id"] = Wrong(error.sentence, error.code)
    if said.status not in DEAL_STATUSES:
        faults["status"] = Wrong(say("The status must be Created or Paid."), domain_codes.NOT_LISTED)
    if len(said.another_data or "") > LONGEST_DATA:
        faults["another_data"] = Wrong(
            say("Give at most {longest_data} characters.", longest_data=LONGEST_DATA), domain_codes.TOO_LONG
        )
    if len(said.promo_code or "") > 255:
        faults["promo_code"] = Wrong(say("Give at most 255 characters."), domain_codes.TOO_LONG)
    return faults


def checked_id(deal_id: str) -> str:
    """The merchant's own id of a deal, as it is kept. Raises Invalid."""
    try:
        return str(_deal_id(deal_id))
    except Wrong as wrong:
        raise Invalid("deal_id", str(wrong), code=wrong.code) from None


def cost_of(cost: Decimal, currency: str) -> int:
    """A cost in minor units. Raises Invalid."""
    minor = money.to_minor(cost, currency)
    if minor < 0:
        raise Invalid("cost", say("The cost cannot be below zero."), code=domain_codes.OUT_OF_RANGE)
    return minor


def checked_comment(comment: str | None) -> str | None:
    """The comment as it is kept, None when nothing is said. Raises Invalid for one that is too long."""
    return values.checked({"comment": comment}, _COMMENT)["comment"]


def admitted(partner_id: int, said: Report) -> Terms:
    """The terms of the catalog and the offer. Raises Refused with the first step that fails."""
    found = queries.TERMS.row(
        offer=said.offer, offer_key=compared(said.offer), currency=said.currency, partner=partner_id,
        catalog_code=said.catalog_code, code_key=mended(said.catalog_code),
    )  # fmt: skip
    if found is None:
        detail = say("no catalog has the code “{catalog_code}”", catalog_code=said.catalog_code[:80])
        raise _refused(
            partner_id, said, "catalog_code", CATALOG, detail, say("Send the catalog_code of one of your catalogs.")
        )
    if found.offer_id is None or found.offer_allows_codes is None:
        detail = say("the catalog has no offer named “{offer}”", offer=said.offer[:80])
        raise _refused(
            partner_id, said, "offer", OFFER, detail, say("Send the offer’s name as it is written in the catalog.")
        )
    if found.price is None:
        priced = ", ".join(queries.CURRENCIES.values(offer=found.offer_id))
        detail = say("the offer has no price in {currency}", currency=said.currency)
        raise _refused(
            partner_id, said, "currency", CURRENCY, detail, say("Send one of its currencies: {priced}.", priced=priced)
        )
    return found


def _refused(partner_id: int, said: Report, field: str, failed: str, detail: str, fix: str) -> Refused:
    checks = (CATALOG, OFFER, CURRENCY)
    steps = Steps(*checks)
    for check in checks[: checks.index(failed)]:
        steps.passed(check)
    steps.failed(failed, detail, fix)
    sentence = f"{detail[0].upper()}{detail[1:]}. {fix}"
    about = (partner_id, "deal", said.deal_id[:64])
    return Refused(sentence, field=field, steps=steps.as_list(), about=about, code=_CODES[failed])


def refuse_other_parameters(deal: LockedDeal, said: Report, cost: int) -> None:
    """Only the status may differ from the first report (contract: affiliate, "POST is create-or-move"). Raises Invalid."""
    differing = _differing(deal, said, cost)
    if not differing:
        return
    names = ", ".join(differing)
    sentence = say(
        "The deal “{deal_id}” exists with other parameters: {names}. Send the same ones, or another deal_id.",
        deal_id=deal.deal_id[:80],
        names=names,
    )
    error = Invalid(differing[0], sentence, [(name, _DIFFERS) for name in differing], code=codes.DEAL_DIFFERS)
    steps = Steps(UNCHANGED_SINCE)
    fix = say("Send the same parameters, or another deal_id.")
    steps.failed(UNCHANGED_SINCE, say("{names} differ from the first report", names=names), fix)
    error.about, error.steps = moves.about(deal), steps.as_list()
    raise error


def _differing(deal: LockedDeal, said: Report, cost: int) -> list[str]:
    same = {
        "offer": _is_same(compared, said.offer, deal.offer_name, queries.OFFER_NAME, deal.offer_id),
        "catalog_code": _is_same(mended, said.catalog_code, deal.catalog_code, queries.CATALOG_CODE, deal.catalog_id),
        "cost": cost in (deal.cost, deal.first_cost),
        "currency": said.currency == deal.currency,
        "promo_code": mended(said.promo_code or "") == mended(deal.promo_code or ""),
        "another_data": said.another_data == (tidy(deal.another_data or "") or None)
        or forgetting.is_as_left(deal.id, deal.another_data, said.another_data),
    }
    return [name for name, equal in same.items() if not equal]


def _is_same(key: Callable[[str], str], said: str, then: str | None, present: Statement, id: int) -> bool:
    """Whether a name is the one that the deal was made with, or the one that the thing has now."""
    return key(said) == key(then or "") or key(said) == key(present.value(id=id))
