"""Imports of coupons from files."""
