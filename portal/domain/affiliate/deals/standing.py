"""Where a deal stands and what may still be done to it: each as a condition on its row, and as what its row answers."""

from portal.domain.affiliate.deals.words import CANCELED, CREATED, PAID
from portal.domain.sentences import say

APPROVED = "Approved"  # A Paid deal whose hold has passed; on the wire it stays Paid.
STATUSES = (CREATED, PAID, APPROVED, CANCELED)
# Said to people, who also read of rewards that are paid out.
SAID = {
    CREATED: say("Created"), PAID: say("Paid by customer"), APPROVED: say("Approved"), CANCELED: say("Canceled"),
}  # fmt: skip

CONDITIONS = {
    CREATED: "d.status = 'Created'",
    PAID: "d.status = 'Paid' AND d.approved_at IS NULL",
    APPROVED: "d.status = 'Paid' AND d.approved_at IS NOT NULL",
    CANCELED: "d.status = 'Canceled'",
}
STANDING = f"CASE WHEN {CONDITIONS[APPROVED]} THEN '{APPROVED}' ELSE d.status END"
MAY_BE_PAID = "status = 'Created'"
MAY_BE_CANCELED = "status IN ('Created', 'Paid')"
MAY_BE_RETURNED = "status = 'Canceled' AND NOT is_returned"
MAY_BE_APPROVED = "status = 'Paid' AND approved_at IS NULL"
MAY_CHANGE_COST = "status <> 'Canceled' AND approved_at IS NULL"


def standing(status: str, is_approved: bool) -> str:
    """The status in one word, approval included."""
    return APPROVED if is_approved and status == PAID else status


class Standing:
    """What a deal answers of itself, from three of its columns."""

    __slots__ = ()
    status: str
    is_returned: bool
    approved_at: object

    @property
    def standing(self) -> str:
        """The status in one word, approval included."""
        return standing(self.status, self.approved_at is not None)

    @property
    def may_be_paid(self) -> bool:
        """Whether it can still be marked as paid."""
        return self.status == CREATED

    @property
    def may_be_canceled(self) -> bool:
        """Whether it can still be canceled."""
        return self.status != CANCELED

    @property
    def may_be_returned(self) -> bool:
        """Whether it is canceled and the customer's money is not known to have gone back."""
        return self.status == CANCELED and not self.is_returned

    @property
    def may_be_approved(self) -> bool:
        """Whether it waits for the end of its hold."""
        return self.status == PAID and self.approved_at is None

    @property
    def may_be_refunded(self) -> bool:
        """Whether a part of it can still go back to the customer."""
        return self.status == PAID and self.approved_at is not None

    @property
    def may_change_cost(self) -> bool:
        """Whether its cost can still change."""
        return self.status != CANCELED and self.approved_at is None
