"""The API's own promises are tried with the affiliate family's integrator and shop."""

from tests.contract.conftest import api, begin, shop, stranger

__all__ = ["api", "begin", "shop", "stranger"]
