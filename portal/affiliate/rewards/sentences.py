"""What pages of rewards say that depends on the details or on who looks: whole sentences with named parameters."""

from markupsafe import Markup

from portal.domain.affiliate.payouts.tables import PayoutDetails
from portal.web.formats import money


def smallest_payouts(details: PayoutDetails) -> str:
    """From what sums on it is paid, a currency each."""
    return ", ".join(money(minor, code) for code, minor in details.minimums.items()) or "Any sum"


def nothing_given(may_edit: bool) -> str:
    """What is known before an owner has given the account."""
    if may_edit:
        return "Once an owner has given the account, you can add the smallest payouts and what statements say."
    return "Nothing was given yet."


def kept(is_other_account: bool) -> str:
    """What follows from the details that were kept."""
    if is_other_account:
        return "The payout details are kept. Payouts from now on use them. Every other sign-in of yours has ended."
    return "The payout details are kept. Payouts from now on use them."


def account_changed(when: str, by: str) -> str:
    """That another account was given in place of one that was there; `when` is a time element."""
    return Markup("The account was changed {when} by {by}.").format(when=when, by=by)


def invoice_name(partner: str) -> str:
    """When the name on the statement is to be filled in."""
    return f"Your company’s name, if it is not {partner}."
