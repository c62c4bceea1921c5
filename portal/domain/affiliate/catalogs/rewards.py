"""What selling an offer earns: its own percentage or fixed sum, else its catalog's percentage.

What one promoter or a group earns instead stands in `special_rewards`.
"""

# Of `promoter_terms t` and `catalog c`; null where a fixed sum is earned.
PERCENT = "CASE WHEN t.fix_remuneration IS NULL THEN COALESCE(t.reward_percent, c.reward_percent) END"
IS_CATALOGS = "(t.fix_remuneration IS NULL AND t.reward_percent IS NULL)"


def percent_of(own: int | None, fixed: int | None, catalogs: int | None) -> int | None:
    """The percentage that an offer earns, in hundredths; None where it earns a fixed sum."""
    if fixed is not None:
        return None
    return catalogs if own is None else own
