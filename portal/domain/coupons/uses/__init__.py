"""Uses of coupons: held by a reservation, committed by its purchase, given back by its end."""
