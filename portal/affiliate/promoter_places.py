"""Where a merchant's promoter has its page: for whatever feature leads to one of its tabs."""

from flask import url_for

from portal.domain.affiliate.promotions.tables import Promotion

OVERVIEW, CATALOGS, CODES, DEALS, PAYOUTS, ACTIVITY = "overview", "catalogs", "codes", "deals", "payouts", "activity"


def tab(promoter_uuid: str, name: str = OVERVIEW) -> str:
    """The address of a tab; the overview is the page itself."""
    return url_for("promoters.show", promoter=promoter_uuid, tab=None if name == OVERVIEW else name)


def catalog(promotion: Promotion) -> str:
    """Where the promoter's page tells of one of its catalogs."""
    return f"{tab(promotion.promoter.uuid, CATALOGS)}#{promotion.uid}"
