"""The words of a deal's status, as the documentation writes them (contract: affiliate)."""

CREATED, PAID, CANCELED = "Created", "Paid", "Canceled"
DEAL_STATUSES = (CREATED, PAID, CANCELED)
