"""What programs know the refusals about customers by."""

from portal.domain.codes import Code

CUSTOMER_TAKEN = Code(
    "customer_taken",
    409,
    "There is a customer with this id of yours already: 7a1d5f0e-6b1c-4f0a-9a55-3d6d3c1f2b40.",
    "Find the customer by it (`GET /api/v2/customers?phone=` or `?email=`), or change it instead of adding another.",
)
