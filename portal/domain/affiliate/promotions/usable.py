"""When a promoter's link or code counts: one rule for the question before the sale and for the deal after it."""

IN_CATALOG, PUBLISHED, APPROVED = "catalog matches", "catalog published", "promoter approved"
ALLOWED, RUNNING = "codes allowed", "code not ended"


def fulfilled(
    is_in_catalog: bool, is_published: bool, state: str, allows_codes: bool = True, ended_at: int | None = None
) -> dict[str, bool]:
    """Whether each condition is met, of a promotion in its catalog, and of its code if one is used."""
    return {
        IN_CATALOG: is_in_catalog,
        PUBLISHED: bool(is_published),
        APPROVED: state == "approved",
        ALLOWED: bool(allows_codes),
        RUNNING: ended_at is None,
    }
