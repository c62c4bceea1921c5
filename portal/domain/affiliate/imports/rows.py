"""What a row of a file says of a deal, what importing it would do, and doing it: by the verbs that the API calls."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from portal.database import transaction
from portal.domain import money
from portal.domain.affiliate.deals import deals, queries
from portal.domain.affiliate.deals.reports import Report, checked_comment
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.words import DEAL_STATUSES
from portal.domain.errors import Invalid
from portal.domain.importing import reasons
from portal.domain.importing.words import CHANGED, NEW, SAME
from portal.domain.importing.work import text_of
from portal.domain.money import to_decimal
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.typed.texts import tidy

_REQUIRED = ("status", "offer", "catalog_code", "cost", "currency")  # of a deal that is not known yet
_FLAGS = {**dict.fromkeys(("true", "yes", "1"), True), **dict.fromkeys(("false", "no", "0"), False)}
_STATUSES = {status.casefold(): status for status in DEAL_STATUSES}


@dataclass(slots=True)
class Said:
    """A row as its columns say it; an empty cell says nothing. `cost` is in units of the currency."""

    deal_id: str
    status: str | None
    offer: str | None
    catalog_code: str | None
    cost: Decimal | None
    currency: str | None
    promo_code: str | None
    another_data: str | None
    is_returned: bool | None
    comment: str | None

    @property
    def corrected_cost(self) -> Decimal | None:
        """Its cost, if it is another one for a known deal. Beside offer and catalog it is the cost that was reported."""
        return None if self.offer or self.catalog_code else self.cost


class Sums(NamedTuple):
    """How the file's sums are written: the sign before their decimals, and whether somebody said so or its rows show it."""

    sign: str
    is_said: bool = False


def said(cells: list[str], mapping: dict[str, int], columns: int, sums: Sums) -> Said:
    """What the cells say. Raises Invalid with every cell that cannot be read."""
    reasons.refuse_more_cells(cells, columns)
    texts = {field: text_of(cells, mapping, field) for field in Said.__slots__}
    errors: list[tuple[str, str]] = []
    cost = _read(lambda text: _cost(text, texts["currency"], sums), "cost", texts, errors)
    is_returned = _read(_flag, "is_returned", texts, errors)
    if not texts["deal_id"]:
        errors.insert(0, ("deal_id", say("The deal’s own id is missing. Give the one that your shop knows it by.")))
    if errors:
        raise Invalid(*errors[0], errors)
    status, currency = texts["status"], texts["currency"]
    read = {
        "status": status and _STATUSES.get(status.casefold(), status),
        "cost": cost,
        "currency": currency and currency.upper(),
        "is_returned": is_returned,
    }
    return Said(**texts | read)


def foreseen(partner_id: int, row: Said) -> str:
    """What importing the row would do now: NEW, CHANGED or SAME. Raises what importing it would raise."""
    comment = checked_comment(row.comment)
    deal = deals.seen(partner_id, row.deal_id)
    step = deals.foreseen(partner_id, _report(row, deal), deal)
    if deal is None:
        return NEW
    changes_cost = row.corrected_cost is not None and deals.changes_cost(deal, row.corrected_cost)
    changes_comment = comment is not None and comment != tidy(deal.comment or "")
    return CHANGED if step or changes_cost or changes_comment else SAME


def apply(partner_id: int, row: Said) -> LockedDeal:
    """Import the row: report the deal or change it. Whoever repeats it changes nothing. Raises what the verbs raise."""
    with transaction():
        deal = deals.seen(partner_id, row.deal_id)
        report = _report(row, deal)
        if deal is not None and row.corrected_cost is not None:
            corrected = deals.update(partner_id, row.deal_id, cost=row.corrected_cost)
            report.cost = to_decimal(corrected.cost, corrected.currency)
        deal = deals.report(partner_id, report)
        return deal if row.comment is None else deals.update(partner_id, row.deal_id, comment=row.comment)


def _report(row: Said, deal: LockedDeal | None) -> Report:
    """The row as a report; what it leaves out stays as it is with the deal. Raises Invalid for a new deal's gaps."""
    if deal is None:
        missing = [
            (field, say("A deal that is new here needs this.")) for field in _REQUIRED if getattr(row, field) is None
        ]
        if missing:
            raise Invalid(*missing[0], missing)
    said = {field: getattr(row, field) for field in Report.__slots__}
    if row.corrected_cost is not None:
        said["cost"] = None
    kept = _kept(deal) if deal else {}
    return Report(**kept | {field: value for field, value in said.items() if value is not None})


def _kept(deal: LockedDeal) -> dict:
    return {
        "status": deal.status,
        "offer": deal.offer_name,
        "cost": to_decimal(deal.cost, deal.currency),
        "currency": deal.currency,
        "catalog_code": deal.catalog_code or queries.CATALOG_CODE.value(id=deal.catalog_id),
        "promo_code": deal.promo_code,
        "another_data": deal.another_data,
    }


def _read(reader, field: str, texts: dict, errors: list):
    try:
        return reader(texts[field])
    except ValueError as error:
        errors.append((field, str(error)))
        return None


def _cost(text: str | None, currency: str | None, sums: Sums) -> Decimal | None:
    """A sum as the file writes them. Three decimals that its currency has not may be thousands, unless somebody said how."""
    if text is None:
        return None
    cost = numbers.read(text, sums.sign)
    if cost is None:
        example = numbers.EXAMPLES[sums.sign]
        raise ValueError(
            say(
                "“{text}” is not a sum as this file writes them. Write it such as {example}.",
                text=text[:40],
                example=example,
            )
        )
    may_have_three = sums.is_said or money.EXPONENTS.get((currency or "").upper(), 2) >= 3
    if not may_have_three and numbers.has_three_decimals(text, sums.sign):
        raise ValueError(
            say(
                "“{text}” may be thousands or decimals. Write it with as many decimals as its currency has, or say "
                "in the step of the columns how sums are written.",
                text=text[:40],
            )
        )
    return cost


def _flag(text: str | None) -> bool | None:
    if text is not None and text.casefold() not in _FLAGS:
        raise ValueError(
            say("“{text}” is neither true nor false. Write one of them, or leave the cell empty.", text=text[:40])
        )
    return None if text is None else _FLAGS[text.casefold()]
