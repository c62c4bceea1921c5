"""The promoter of a coupon."""
