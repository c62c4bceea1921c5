"""The columns of files of deals."""

from portal.domain.importing import files

# The keys of the API, which are the names of the export's columns as well.
FIELDS = (
    "deal_id", "status", "offer", "catalog_code", "cost", "currency", "promo_code", "another_data", "is_returned",
    "comment",
)  # fmt: skip


def opened(body: bytes) -> files.Sheet:
    """The file that was uploaded. Raises Invalid with what would mend it."""
    return files.opened(body, mapped)


def mapped(head: list[str]) -> dict[str, int]:
    """By field: the first column that is named as the API names it, whatever its capitals and spaces."""
    names = [files.plain_name(name) for name in head]
    return {field: names.index(field) for field in FIELDS if field in names}
