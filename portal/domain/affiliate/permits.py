"""What a client token may be allowed to do in the affiliate family."""

from portal.domain.sentences import say

CATALOGS_READ = say("Affiliate:Catalogs:Read")
CATALOGS_WRITE = say("Affiliate:Catalogs:Write")
DEALS_READ = say("Affiliate:Deals:Read")
DEALS_WRITE = say("Affiliate:Deals:Write")
PROMO_CHECK = say("Affiliate:Promo:Check")

PERMITS: dict[str, str] = {
    CATALOGS_READ: say("Read catalogs, offers and landings"),
    CATALOGS_WRITE: say("Create and change catalogs, offers and landings"),
    DEALS_READ: say("Read deals"),
    DEALS_WRITE: say("Report deals and change their status"),
    PROMO_CHECK: say("Check promo codes and promoter ids"),
}
