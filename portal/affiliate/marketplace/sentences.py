"""What joining a catalog of the marketplace says to who looks at it: whole sentences with named parameters."""

from portal.affiliate.sentences import waits_for_confirmation
from portal.domain.affiliate.promotions.promotions import ENDED, REFUSED
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.sentences import say

JOINED = say("You have joined. Here are your links.")


def waiting(waits_for_operator: bool, merchant: str, promoter: str) -> str:
    """Whom an application waits for."""
    if waits_for_operator:
        return waits_for_confirmation(promoter)
    return say("Your application waits for {merchant} to decide.", merchant=merchant)


def put_out(promotion: Promotion, merchant: str) -> str:
    """What the merchant did to the promotion; its reason follows, where it gave one."""
    if promotion.state == REFUSED:
        return (
            say("{merchant} refused your application:", merchant=merchant)
            if promotion.reason
            else say("{merchant} refused your application.", merchant=merchant)
        )
    return (
        say("{merchant} ended your promotion:", merchant=merchant)
        if promotion.reason
        else say("{merchant} ended your promotion.", merchant=merchant)
    )


def admission(admits_at_once: bool, waits_for_operator: bool, merchant: str, promoter: str) -> str:
    """Who decides about an application."""
    if admits_at_once:
        return say("You are admitted at once, and get your links right away.")
    if waits_for_operator:
        return say(
            "Confirmed partners are admitted at once; {promoter} is, as soon as the operator has confirmed it.",
            promoter=promoter,
        )
    return say("{merchant} looks at each application and decides; you are told here and by mail.", merchant=merchant)


def join(admits_at_once: bool, state: str | None) -> str:
    """What the button does, for who has never joined or has left."""
    if not admits_at_once:
        return say("Apply")
    return say("Join again") if state == ENDED else say("Join")
