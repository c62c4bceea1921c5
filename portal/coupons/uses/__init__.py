"""Uses of coupons over JSON: a code is checked, and used on a reservation."""
