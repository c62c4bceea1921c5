"""What ties coupons to promoters and deals."""
