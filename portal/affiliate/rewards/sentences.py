"""What pages of rewards say that depends on the details or on who looks: whole sentences with named parameters."""

from portal.domain.affiliate.payouts.tables import PayoutDetails
from portal.domain.sentences import say
from portal.web.formats import money


def smallest_payouts(details: PayoutDetails) -> str:
    """From what sums on it is paid, a currency each."""
    return ", ".join(money(minor, code) for code, minor in details.minimums.items()) or say("Any sum")


def nothing_given(may_edit: bool) -> str:
    """What is known before an owner has given the account."""
    if may_edit:
        return say("Once an owner has given the account, you can add the least sums and what statements say.")
    return say("Nothing was given yet.")


def kept(is_other_account: bool) -> str:
    """What follows from the details that were kept."""
    if is_other_account:
        return say("Saved. Payouts from now on use it. Every other sign-in of yours has ended.")
    return say("Saved. Payouts from now on use it.")


def account_changed(when: str, by: str) -> str:
    """That another account was given in place of one that was there; `when` is a time element."""
    return say("The account was changed {when} by {by}.", when=when, by=by)


def invoice_name(partner: str) -> str:
    """When the name on the statement is to be filled in."""
    return say("Your company’s name, if it is not {partner}.", partner=partner)
