"""What changed for clients of the API, newest first; the first version is the present one."""

from typing import NamedTuple


class Change(NamedTuple):
    """A version, and what it brought."""

    version: str
    what: tuple[str, ...]


CHANGES = (
    Change(
        "1.1",
        (
            "`/api/coupons`, `/api/coupons-assignment`, `/api/ticketed-events`, `/api/bundles` and `/api/listings`: the coupon desk.",
            "`/api/reservations`, their `coupon-usage`, and `/api/coupon-validation`: tickets, and coupons used on them.",
            "A deal's `promo_code` may be a coupon: the deal uses it once, or names with `reservation=<id>` in `another_data` whose use "
            "it is. `check_promo` answers for coupons; `percent_discounts` is null for a fixed amount.",
            "`/api/v2/companies` and `/api/v2/tariffs` are a reseller's: its token reaches its companies too.",
            "`GET`, `POST` and `DELETE /api/v2/pushes`: messages to the holders of cards.",
            "`/api/v3/{club_slug}/members/{context}/offers`: what members of a club may use, like and are granted.",
            "`/api/v3/{club_slug}/members/oauth/`: members sign in by apps of the club, with PKCE, or by a password of theirs.",
            "`/api/campaigns/offers`, `/api/myadvertisers` and `/api/events`: offers as programs show them, clicks on them, and what "
            "happened. A `click` in a deal's `another_data` may stand for a customer.",
            "`GET /api/graph/{kind}/{thing_id}`: any thing of yours with what it comes from and what it leads to.",
            "`{context}` there takes a customer's UUID too; `GET /api/events` tells `offer_id` and `member_id` beside the UUIDs.",
            "Each refusal has an `error_code`, beside its sentence and in each item of `errors`.",
            "`GET /api/category/` lists the categories that a catalog can have.",
            "`GET /api/deal/?modified_since=` lists deals in the order of their changes.",
            "`GET` and `POST /api/deal/{deal_id}/refunds/` list and return parts of an approved deal.",
            "The description names operations (`list_catalogs`, `create_deal`), every status and header, limits and nulls.",
            "A key that is sent again with another request is a 422, whatever its body; a 404 is kept no more.",
            "A request's own `X-Request-Id` of up to 128 printable characters is answered.",
        ),
    ),
    Change("1.0", ("Catalogs, offers, landings, deals and checks of promo codes.",)),
)
