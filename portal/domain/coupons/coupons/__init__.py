"""Coupons: what a code gives."""
