"""The coupon desk: coupons, what they are assigned to, ticketed events, reservations and the uses of coupons on them."""
