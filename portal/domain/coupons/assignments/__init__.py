"""Assignments: for what, when and how often coupons may be used (the offers of the wire)."""
