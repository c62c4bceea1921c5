"""What ties the feed to catalogs, partners and the coupon desk."""
