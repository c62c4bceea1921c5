"""What joining a catalog of the marketplace says to who looks at it: whole sentences with named parameters."""

from portal.domain.affiliate.promotions.promotions import ENDED, REFUSED
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers.tables import Catalog

JOINED = "You have joined. Here are your links."


def waits_for_operator(catalog: Catalog) -> bool:
    """Whether who is not admitted at once waits for the operator, not for the merchant."""
    return catalog.moderation_type == "AUTO_MODERATION"


def waiting(waits_for_operator: bool, merchant: str, promoter: str) -> str:
    """Whom an application waits for."""
    if waits_for_operator:
        return f"You are admitted once the operator of this portal has confirmed {promoter}."
    return f"Your application waits for {merchant} to decide."


def put_out(promotion: Promotion, merchant: str) -> str:
    """What the merchant did to the promotion; its reason follows, where it gave one."""
    if promotion.state == REFUSED:
        return f"{merchant} refused your application:" if promotion.reason else f"{merchant} refused your application."
    return f"{merchant} ended your promotion:" if promotion.reason else f"{merchant} ended your promotion."


def admission(admits_at_once: bool, waits_for_operator: bool, merchant: str, promoter: str) -> str:
    """Who decides about an application."""
    if admits_at_once:
        return "You are admitted at once, and get your links right away."
    if waits_for_operator:
        return f"Confirmed partners are admitted at once; {promoter} is, as soon as the operator has confirmed it."
    return f"{merchant} looks at each application and decides; you are told here and by mail."


def join(admits_at_once: bool, state: str | None) -> str:
    """What the button does, for who has never joined or has left."""
    if not admits_at_once:
        return "Apply"
    return "Join again" if state == ENDED else "Join"
