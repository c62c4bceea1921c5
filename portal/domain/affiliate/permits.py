"""What a client token may be allowed to do in the affiliate family."""

CATALOGS_READ = "Affiliate:Catalogs:Read"
CATALOGS_WRITE = "Affiliate:Catalogs:Write"
DEALS_READ = "Affiliate:Deals:Read"
DEALS_WRITE = "Affiliate:Deals:Write"
PROMO_CHECK = "Affiliate:Promo:Check"

PERMITS = {
    CATALOGS_READ: "Read catalogs, offers and landings",
    CATALOGS_WRITE: "Create and change catalogs, offers and landings",
    DEALS_READ: "Read deals",
    DEALS_WRITE: "Report deals and change their status",
    PROMO_CHECK: "Check promo codes and promoter ids",
}
