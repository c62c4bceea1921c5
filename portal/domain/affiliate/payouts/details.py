"""Where a promoter wants its money, from how much on, and what its invoices say."""

from decimal import Decimal

from portal import clock
from portal.database import after_commit, transaction
from portal.domain import money, values
from portal.domain.affiliate.payouts import ready
from portal.domain.affiliate.payouts.tables import PayoutDetails
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.identifiers import digest
from portal.domain.sentences import say
from portal.domain.typed import ibans
from portal.domain.values import Wrong, checked

MOST_MINIMUMS = 20
_account_text = values.name(120)


def account(value) -> str:
    """An account as it is written; one that looks like an IBAN must be one, and is kept without its spaces."""
    text = str(_account_text(value))
    return ibans.checked(text) if ibans.is_meant(text) else text


def minimums(value) -> dict[str, int]:
    """Smallest payouts by currency, from units (Decimal) to minor units; zero and null leave a currency out."""
    taken = {code: _minimum(amount, code) for code, amount in (value or {}).items() if amount}
    if len(taken) > MOST_MINIMUMS:
        raise Wrong(say("Give at most {most_minimums} currencies.", most_minimums=MOST_MINIMUMS))
    return taken


FIELDS = {
    "holder": values.name(120),
    "account": account,
    "bank": values.optional_name(120),
    "minimums": minimums,
    "invoice_name": values.optional_name(120),
    "invoice_address": values.optional_text(1000),
    "tax_number": values.optional_name(40),
}
ACCOUNT_FIELDS = ("holder", "account", "bank")
_TERMS = tuple(field for field in FIELDS if field not in ACCOUNT_FIELDS)
_EMPTY = dict.fromkeys(FIELDS)
_CHANGED = "payout_details.changed"


def of(promoter_id: int) -> PayoutDetails | None:
    """The promoter's details, or None while it has given none."""
    return PayoutDetails.get_or_none(PayoutDetails.promoter == promoter_id)


def keep(promoter_id: int, given: dict) -> PayoutDetails:
    """Set all details at once, as the system; people go by `account_changes.change`. A field not given is emptied.

    `minimums` are units by currency, as Decimals. Raises Invalid with every wrong field. The event names no account:
    events hold no bodies.
    """
    return write(promoter_id, taken(given))


def taken(given: dict) -> dict:
    """All details as they are stored. Raises Invalid with every wrong field."""
    return checked({**_EMPTY, **given}, FIELDS)


def write(promoter_id: int, details: dict, fact: str = _CHANGED) -> PayoutDetails:
    """Write what was `taken`, perhaps with who changed the account."""
    details = details | {"modified_at": clock.now()}
    kept = PayoutDetails.insert(promoter=promoter_id, **details)
    with transaction():
        kept.on_conflict(conflict_target=[PayoutDetails.promoter], preserve=list(details)).execute()
        _tell(promoter_id, fact)
    return PayoutDetails.get_by_id(promoter_id)


def mark(holder: str, account: str, bank: str | None) -> str:
    """What tells an account from every other, for a form to carry what its reader saw."""
    return digest("\n".join((holder, account, bank or "")))


def keep_terms(promoter_id: int, given: dict) -> PayoutDetails:
    """Set the minimums and what invoices say, and leave the account as it is, whoever changes it meanwhile.

    Raises Invalid with every wrong field, Refused while there is no account.
    """
    taken = checked({field: given.get(field) for field in _TERMS}, FIELDS)
    with transaction():
        kept = PayoutDetails.update(modified_at=clock.now(), **taken).where(PayoutDetails.promoter == promoter_id)
        if not kept.execute():
            raise Refused(say("There is no account yet. Ask an owner to enter it first."))
        _tell(promoter_id)
    return PayoutDetails.get_by_id(promoter_id)


def as_sent(details: PayoutDetails | None) -> dict | None:
    """What a payout keeps of the details, as they are now, and of who changed the account; None when there are none."""
    if details is None:
        return None
    kept = {field: getattr(details, field) for field in FIELDS if field != "minimums"}
    changed_at = details.account_changed_at and clock.to_micros(details.account_changed_at)
    return kept | {"account_changed_at": changed_at, "account_changed_by": details.account_changed_by}


def _tell(promoter_id: int, fact: str = _CHANGED) -> None:
    log.record(promoter_id, fact, "payout details", promoter_id)
    after_commit(ready.forget)


def _minimum(amount: Decimal, currency: str) -> int:
    try:
        minor = money.to_minor(amount, currency)
    except Invalid as error:
        raise Wrong(error.sentence) from None
    if minor < 0:
        raise Wrong(say("A minimum cannot be below zero."))
    return minor
