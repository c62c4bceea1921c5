"""Customers: their pages and their JSON endpoints."""

from portal.cards.customers import api as json
from portal.cards.customers import entries, exports, merging, pages, segments
from portal.cards.customers.schemas import CustomerChange, CustomerCreate, CustomerFilter
from portal.cards.envelope import Many, One
from portal.cards.examples import CUSTOMER, listed, one
from portal.cards.schemas import Customer, Deleted
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.cards.permits import CUSTOMERS_READ, CUSTOMERS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(CUSTOMERS_READ), permit(CUSTOMERS_WRITE)
_SEGMENT = f"/customers/segments/<int(max={2**63 - 1}):segment>"
_ONE = "/api/v2/customers/<customer_id>"
_CREATE = {name: CUSTOMER[name] for name in ("firstName", "surname", "phone", "email", "gender", "dateOfBirth")}

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
PAGES = [
    page("GET", "/customers", pages.index, VIEW),
    page("GET", "/customers/export.csv", exports.csv, VIEW),
    page("GET POST", "/customers/new", entries.new, EDIT),
    page("GET", "/customers/segments", segments.index, VIEW),
    page("POST", "/customers/segments", segments.create, EDIT),
    page("GET POST", "/customers/segments/by-rule", segments.by_rule, EDIT),
    page("GET POST", _SEGMENT, segments.edit, EDIT),
    page("GET POST", f"{_SEGMENT}/removal", segments.removal, EDIT),
    page("POST", "/customers/<customer_id>/segments", segments.put, EDIT),
    page("POST", "/customers/<customer_id>/segments/leaving", segments.take_out, EDIT),
    page("GET", "/customers/duplicates", merging.index, VIEW),
    page("GET POST", "/customers/<customer_id>/merging", merging.merge, EDIT),
    page("GET", "/customers/<customer_id>", pages.show, VIEW),
    page("POST", "/customers/<customer_id>/details", entries.change, EDIT),
    page("GET", "/customers/<customer_id>/data.json", exports.person, EDIT),
    page("GET POST", "/customers/<customer_id>/erasure", entries.erasure, EDIT),
]
API = [
    api(
        "GET",
        "/api/v2/customers",
        json.index,
        READ,
        "List customers",
        operation="list_customers",
        query=CustomerFilter,
        answer=Many[Customer],
        answer_example=listed(CUSTOMER),
    ),
    api(
        "POST",
        "/api/v2/customers",
        json.create,
        WRITE,
        "Create a customer",
        operation="create_customer",
        status=201,
        body=CustomerCreate,
        answer=One[Customer],
        example=_CREATE,
        answer_example=one(CUSTOMER, 201),
    ),
    api(
        "GET",
        _ONE,
        json.show,
        READ,
        "Get a customer",
        operation="get_customer",
        answer=One[Customer],
        answer_example=one(CUSTOMER),
    ),
    api(
        "PATCH",
        _ONE,
        json.change,
        WRITE,
        "Change a customer",
        operation="update_customer",
        body=CustomerChange,
        answer=One[Customer],
        example={"email": CUSTOMER["email"]},
        answer_example=one(CUSTOMER),
    ),
    api(
        "DELETE",
        _ONE,
        json.remove,
        WRITE,
        "Erase a customer",
        operation="delete_customer",
        answer=One[Deleted],
        answer_example=one({"id": CUSTOMER["id"]}),
    ),
]
ROUTES = PAGES + API
