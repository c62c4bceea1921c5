"""A play of a feed: offers are listed, edited, planned, moved between catalogs and taken out, catalogs are shut and opened, time
passes, and programs read what changed, of which answers are lost. What is told, each copy and the model are one."""

from wsgiref.handlers import format_date_time

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from docs.feed_consumer import FEED, Copy
from portal import clock
from portal.api import credentials
from portal.domain import remembered, verify
from portal.domain.affiliate.catalogs import terms
from portal.domain.feed import listings
from portal.domain.offers import catalogs
from tests.properties.feed.model import SECOND, Listed
from tests.properties.stage import START
from tests.support import cast, engines, feeding

PICK = st.integers(0, 20)
PAGE = 2
MOMENT = st.one_of(st.none(), st.integers(-30, 90))


class Lost(Exception):
    """An answer that never came."""


class Feed(RuleBasedStateMachine):
    """Acme's feed of five offers in two catalogs, and three copies: of all, and of each catalog."""

    def __init__(self, app, engine, wall):
        super().__init__()
        self.app, self.engine, self.wall = app, engine, wall

    @initialize()
    def begin(self):
        self.wall.micros = START
        engines.anew(self.engine)
        remembered.forget_all(), credentials._cache.clear()
        world = cast.build(self.app)
        self.token, self.client, self.answers = world.acme.token, self.app.test_client(), 0
        self.looked = 0
        self.shops = [feeding.catalog(world.acme) for _ in range(2)]
        self.published = [True, True]
        self.offers = [feeding.offer(world.acme, self.shops[number % 2]) for number in range(5)]
        self.model = [Listed(number % 2, offer.name) for number, offer in enumerate(self.offers)]
        self.lost_at: int | None = None
        self.copies = [Copy(self.ask), *(Copy(self.ask, shop.short_code) for shop in self.shops)]
        self.tags: list[tuple[str, list] | None] = [None, None, None]
        for number in range(3):
            self.one_is_listed(number, "Title", None, 0)

    def ask(self, path: str):
        """A page of the feed, or nothing when it is the one to be lost."""
        self.answers += 1
        if self.lost_at == self.answers:
            raise Lost
        reply = self.told(path, limit=PAGE)
        return {"Date": format_date_time(clock.wall_micros() // SECOND), "Link": reply.headers.get("Link")}, reply.json

    def told(self, path: str, limit: int = 200, tag: str | None = None):
        """An answer of the feed's."""
        self.app.extensions["limiter"]._table[:] = bytes(len(self.app.extensions["limiter"]._table))
        headers = {"X-API-Key": self.token} | ({"If-None-Match": tag} if tag else {})
        with clock.acting(0):
            reply = self.client.get(path if "limit=" in path else f"{path}&limit={limit}", headers=headers)
        assert reply.status_code in (200, 304), reply.text
        return reply

    @rule(pick=PICK, title=st.one_of(st.none(), st.text("abc", min_size=1, max_size=3)), starts=MOMENT, lasts=PICK)
    def one_is_listed(self, pick, title, starts, lasts):
        """It begins `starts` seconds from now, and ends after some more, or never."""
        offer, model = self.one(pick)
        model.starts_at = None if starts is None else clock.micros() + starts * SECOND
        model.ends_at = (model.starts_at or clock.micros()) + lasts * 10 * SECOND if lasts else None
        model.title, model.is_listed = title, True
        moments = {name: getattr(model, name) for name in ("starts_at", "ends_at")}
        given = {name: None if at is None else clock.from_micros(at) for name, at in moments.items()}
        listings.put(offer, {"leads_to": feeding.SHOP, "title": title, **given})

    @rule(pick=PICK)
    def one_is_taken_out(self, pick):
        offer, model = self.one(pick)
        listings.remove(offer)
        model.is_listed = False

    @rule(pick=PICK, is_active=st.booleans())
    def one_is_edited(self, pick, is_active):
        offer, model = self.one(pick)
        model.name, model.is_active = f"{model.name[:40]}'", is_active
        terms.change(offer, {"name": model.name, "is_active": is_active})

    @rule(pick=PICK, times=st.integers(1, 2))
    def one_is_moved_to_the_other_catalog(self, pick, times):
        offer, model = self.one(pick)
        for _ in range(times):
            model.catalog = 1 - model.catalog
            terms.change(offer, {}, self.shops[model.catalog].uuid)

    @rule(which=st.integers(0, 1), is_published=st.booleans())
    def a_catalog_is_shut_or_opened(self, which, is_published):
        self.published[which] = is_published
        catalogs.change(self.shops[which], {"is_published": is_published})

    @rule(tenths=st.sampled_from([4, 10, 10, 200, 450]))
    def time_passes(self, tenths):
        self.wall.micros += tenths * SECOND // 10

    @rule(which=st.integers(0, 2), lost=st.integers(0, 3))
    def a_copy_catches_up(self, which, lost):
        """Unless one of the answers is lost; then it has what it had."""
        copy = self.copies[which]
        before, self.lost_at = copy.offers, self.answers + lost if lost else None
        try:
            copy.step()
        except Lost:
            assert copy.offers is before
        else:
            assert {key: offer["title"] for key, offer in copy.offers.items()} == self.live(which)
        self.lost_at = None

    @invariant()
    def the_feed_is_what_is_live_and_its_tag_tells_one_state_from_another(self):
        """In turn, of all catalogs and of each."""
        self.looked += 1
        which = self.looked % 3
        path = f"{FEED}?" + (f"campaign_id={self.shops[which - 1].short_code}" if which else "")
        known = self.tags[which]
        reply = self.told(path, tag=known[0] if known else None)
        body = known[1] if known and reply.status_code == 304 else reply.json
        assert {offer["id"]: offer["title"] for offer in body} == self.live(which)
        self.tags[which] = reply.headers["ETag"], body

    def live(self, which: int) -> dict[str, str]:
        """What the feed is to show, of all catalogs or of one."""
        now = clock.wall_micros()
        return {
            offer.uuid: model.shown
            for offer, model in zip(self.offers, self.model, strict=True)
            if model.is_live(now, self.published) and which in (0, model.catalog + 1)
        }

    def one(self, pick: int):
        number = pick % len(self.offers)
        return self.offers[number], self.model[number]

    def teardown(self):
        if hasattr(self, "offers"):
            assert verify.faults() == []
