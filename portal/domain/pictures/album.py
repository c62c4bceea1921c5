"""Pictures by URL are fetched later, in the background, and served from here; the wire echoes the URL that was given."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.identifiers import new_uuid
from portal.domain.pictures.tables import Picture
from portal.domain.sentences import say
from portal.domain.turns import Leases

MOST_ATTEMPTS = 5
_ALT = values.optional_name(255)
AT_ONCE = 2  # of one partner's
_LEASES = Leases("picture", "partner_id", AT_ONCE, timedelta(minutes=2))


class _Here(NamedTuple):
    partner_id: int
    source_digest: str
    key: str
    alt: str | None


class Shown(NamedTuple):
    """A picture that is here, and what is on it."""

    url: str
    key: str
    alt: str | None


_WANT = Statement(
    """INSERT INTO picture ("key", partner_id, source_url, source_digest, attempts, due_at, created_at)
    VALUES (:key, :partner, :url, :digest, 0, :now, :now) ON CONFLICT (partner_id, source_digest) DO NOTHING"""
)
_HERE = Statement(
    """SELECT partner_id, source_digest, "key", alt FROM picture
    WHERE partner_id IN :partners AND source_digest IN :digests AND content_type IS NOT NULL""",
    row=_Here,
)


def want_all(partner_id: int, urls: Iterable[str | None]) -> None:
    """Have pictures fetched that are named by URL, once for each partner and URL."""
    now = clock.wall_micros()  # The worker is on the wall's clock.
    for url in urls:
        if url:
            _WANT.run(key=new_uuid(), partner=partner_id, url=url, digest=digest_of(url), now=now)


def keep_upload(partner_id: int, body: bytes, content_type: str, width: int, height: int, address) -> Picture:
    """A picture that was uploaded, already re-encoded. The same picture twice is one row.

    `address(key)` is the URL it gets here; it is known by it, so that naming that URL later fetches nothing.
    """
    key = str(uuid5(NAMESPACE_OID, f"{partner_id}:{sha256(body).hexdigest()}"))
    url = address(key)
    with transaction():
        return Picture.get_or_none(Picture.key == key) or Picture.create(
            key=key,
            partner=partner_id,
            source_url=url,
            source_digest=digest_of(url),
            body=body,
            content_type=content_type,
            width=width,
            height=height,
        )


def of_url(partner_id: int, url: str) -> Picture | None:
    """The partner's picture that is here under an address."""
    its = (Picture.partner == partner_id) & (Picture.source_digest == digest_of(url))
    return Picture.get_or_none(its, Picture.content_type.is_null(False))


def shown(partner_id: int, urls: Iterable[str | None]) -> list[Shown]:
    """Those of the partner's pictures that are here, in the order in which they are named, in one query."""
    digests = {url: digest_of(url) for url in urls if url}
    if not digests:
        return []
    here = {row.source_digest: row for row in _HERE.rows(partners={partner_id}, digests=set(digests.values()))}
    return [Shown(url, here[digest].key, here[digest].alt) for url, digest in digests.items() if digest in here]


def alts_of(partner_id: int, urls: Iterable[str]) -> dict[str, str]:
    """What is on the partner's pictures, by their addresses; those that are not here yet may be described as well."""
    digests = {digest_of(url): url for url in urls}
    its = (Picture.partner == partner_id) & Picture.source_digest.in_(list(digests))
    found = Picture.select(Picture.source_digest, Picture.alt).where(its, Picture.alt.is_null(False))
    return {digests[one.source_digest]: one.alt or "" for one in found} if digests else {}


def describe(partner_id: int, field: str, alts: Mapping[str, str]) -> None:
    """What is on each of the partner's pictures, by address, for who cannot see it. Raises Invalid, of the `field`, for too much."""
    said = {url: values.checked({field: alt}, {field: _ALT})[field] for url, alt in alts.items()}
    with transaction():
        want_all(partner_id, said)
        for url, alt in said.items():
            its = (Picture.partner == partner_id) & (Picture.source_digest == digest_of(url))
            Picture.update(alt=alt).where(its).execute()


def digest_of(url: str) -> str:
    """How a picture is found by the URL it was named by."""
    return sha256(url.encode()).hexdigest()


def keys_of(partner_id: int, urls: Iterable[str | None]) -> dict[str, str]:
    """The keys of those pictures that are here, by the URL they were named by."""
    found = keys_of_several((partner_id, url) for url in urls)
    return {url: key for (_, url), key in found.items()}


def keys_of_several(named: Iterable[tuple[int, str | None]]) -> dict[tuple[int, str], str]:
    """The keys of those pictures that are here, by (partner, the URL it named them by), in one query."""
    wanted = {(partner, digest_of(url)): (partner, url) for partner, url in named if url}
    if not wanted:
        return {}
    asked = {"partners": {partner for partner, _ in wanted}, "digests": {digest for _, digest in wanted}}
    rows = ((wanted.get((row.partner_id, row.source_digest)), row.key) for row in _HERE.rows(**asked))
    return {pair: key for pair, key in rows if pair}


def take_due() -> Picture | None:
    """The picture to fetch now, leased for two minutes: partners take turns. None when there is none."""
    wanted = (Picture.id, Picture.partner, Picture.source_url, Picture.lease_ends, Picture.attempts)
    while taken := _LEASES.take():
        picture = Picture.select(*wanted).where(Picture.id == taken).get()
        if picture.attempts <= MOST_ATTEMPTS:
            return picture
        failed(picture, say("Whoever fetched it was ended each time."), for_good=True)
    return None


def fetched(picture: Picture, body: bytes, content_type: str, width: int, height: int) -> None:
    """The picture is here, re-encoded."""
    _settle(picture, body=body, content_type=content_type, width=width, height=height, due_at=None, error=None)


def failed(picture: Picture, why: str, for_good: bool) -> None:
    """It could not be had: never, or again later, ever more patiently, and given up after five tries."""
    over = for_good or picture.attempts >= MOST_ATTEMPTS
    _settle(picture, error=why[:500], due_at=None if over else clock.now() + timedelta(minutes=5**picture.attempts))


def _settle(picture: Picture, **fields) -> None:
    """What became of it, unless the lease went to another worker meanwhile."""
    settled = Picture.update(lease_ends=None, **fields)
    with transaction():
        settled.where(Picture.id == picture.id, Picture.lease_ends == picture.lease_ends).execute()
