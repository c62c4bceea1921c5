"""The offers feed over JSON (contract: offers-feed)."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from flask import current_app, request, url_for

from portal import clock
from portal.api.fields import cursor_after
from portal.api.idempotency import Reply
from portal.api.paging import linked, place
from portal.domain.accounts.tokens.permits import WITH_COMPANIES
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.feed import reading, state
from portal.domain.feed.ties import advertisers, clicks
from portal.domain.identifiers import typed_id
from portal.domain.offers import catalogs
from portal.offers_feed.feed import wire
from portal.offers_feed.feed.schemas import CampaignQuery, ClickGiven, FeedPage, FeedQuery

_FRESH = "private, max-age=60"


class _Read(NamedTuple):
    """A page's rows, whether there are more, and the place to go on from."""

    rows: list
    more: str | None


def campaigns(caller: Credential, query: CampaignQuery) -> Reply:
    """The live offers of the token's partner, of every catalog, or of one with `campaign_id`.

    An answer has an `ETag`: sent back as `If-None-Match`, a feed that has not changed is a 304. With `updated_since` it has
    only what changed at that time or later, the longest unchanged first.
    """
    version = state.version_of(caller.partner_id)
    catalog = catalogs.find(caller.partner_id, query.campaign_id).id if query.campaign_id else None
    return _answer(caller, caller.partner_id, catalog, query, version)


def of_advertiser(caller: Credential, partner_id: str, query: FeedQuery) -> Reply:
    """The live offers of one advertiser: you, a sub-account of yours, or a partner whose catalog you promote.

    `ETag`, `updated_since` and paging are those of `/api/campaigns/offers`.
    """
    advertiser = typed_id(partner_id) or 0
    advertisers.refuse_strangers(caller.partner_id, caller.reach == WITH_COMPANIES, advertiser)
    return _answer(caller, advertiser, None, query, state.version_of(advertiser))


def my_advertisers(caller: Credential, query: FeedPage) -> Reply:
    """The partners whose feeds you may read, with how many live offers each has."""
    after = place(query.cursor, 1)[0] if query.cursor else 0
    found = advertisers.reached(caller.partner_id, caller.reach == WITH_COMPANIES, after, query.limit + 1)
    rows = found[: query.limit]
    return linked(wire.advertisers(rows), query, cursor_after(rows[-1].id) if len(rows) < len(found) else None)


def click(caller: Credential, offer_id: str, body: ClickGiven) -> dict:
    """Record a click on a live offer: where it leads, and the code that it shows.

    Of a catalog that you promote the address is your link. Of another one the address is its partner's, nothing that is bought
    there earns you anything, and `earns` says so. A code of type `dynamic` is drawn once for each `member_ref`, a new
    one where you name nobody; it goes back when it was not used for 30 days. When all are drawn, that is a 422. The
    address has a `click` that stands for a customer of yours whom `member_ref` names: let the shop send it along in `another_data`.
    """
    found = clicks.click(caller.partner_id, caller.reach == WITH_COMPANIES, offer_id, body.member_ref)
    base = current_app.config["SETTINGS"].public_url
    url = base + url_for("links.catalog", uid=found.uid) if found.uid else found.leads_to
    return {"url": url, "code": found.code} | ({} if found.earns else {"earns": False})


def _answer(caller: Credential, partner_id: int, catalog: int | None, query: FeedQuery, version: int) -> Reply:
    tag = _tag(caller, partner_id, version)
    headers = {"ETag": f'"{tag}"', "Cache-Control": _FRESH}
    if _has(tag):
        return Reply(status=304, headers=headers)
    read = (
        _by_place(partner_id, catalog, query) if query.updated_since is None else _by_change(partner_id, catalog, query)
    )
    answer = linked(wire.offers(read.rows), query, read.more)
    answer.headers |= headers
    return answer


def _has(tag: str) -> bool:
    """Whether whoever asks has it, weakly or not. It is a digest, which nothing else has in it: the list need not be parsed."""
    said = request.headers.get("If-None-Match", "")
    return tag in said or said.strip() == "*"


def _tag(caller: Credential, partner_id: int, version: int) -> str:
    asked = f"{caller.token_id} {partner_id} {version} {request.query_string.decode(errors='replace')}"
    return sha256(asked.encode()).hexdigest()[:32]


def _by_place(partner_id: int, catalog: int | None, query: FeedQuery) -> _Read:
    after = place(query.cursor, 1)[0] if query.cursor else 0
    return _cut(reading.listed(partner_id, catalog, after, query.limit + 1), query, lambda row: cursor_after(row.id))


def _by_change(partner_id: int, catalog: int | None, query: FeedQuery) -> _Read:
    since = _micros(query.updated_since)
    moment, after = place(query.cursor, 2) if query.cursor else (since - reading.SLACK, -1)
    found = reading.changed(partner_id, catalog, (moment, after), query.limit + 1)
    read = _cut(found, query, lambda row: cursor_after(row.changed_at, row.id))
    return read if query.include_removed else read._replace(rows=[row for row in read.rows if row.is_live])


def _cut(found: list, query: FeedPage, place: Callable) -> _Read:
    rows = found[: query.limit]
    return _Read(rows, place(rows[-1]) if len(rows) < len(found) else None)


def _micros(moment: datetime | None) -> int:
    """As the partner's clock has it: a test mode's is ahead of the `Date` that it was told."""
    return max(0, clock.to_micros(moment) + clock.micros() - clock.wall_micros()) if moment else 0
