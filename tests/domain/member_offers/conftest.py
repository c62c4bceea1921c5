"""Somebody else who is in the middle of something, on PostgreSQL."""

from tests.domain.coupons.conftest import after_them as after_them
from tests.domain.coupons.conftest import elsewhere as elsewhere
