"""What a client token may be allowed to do. Every JSON route names one of these."""

SELF, WITH_COMPANIES = "self", "with_companies"

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

REACHES = {
    SELF: "This partner only (seller level)",
    WITH_COMPANIES: "This partner and its companies (partner level)",
}
