"""The words of a deal's status, as the documentation writes them (contract: affiliate)."""

CREATED, PAID, CANCELED = "Created", "Paid", "Canceled"
DEAL_STATUSES = (CREATED, PAID, CANCELED)
# Of a deal `d` that names a promoter that nobody is, until somebody has looked.
NAMES_NOBODY = "d.unknown_uid IS NOT NULL AND d.status <> 'Canceled'"
