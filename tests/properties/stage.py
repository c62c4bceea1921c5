"""The programme on the real portal: two merchants with shops alike, and every road on which a call can come."""

import pickle
from contextlib import contextmanager
from dataclasses import asdict, replace
from decimal import Decimal

from portal import clock, database
from portal.api import credentials
from portal.domain import money, remembered
from portal.domain.accounts.partners import partners
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.clicks import days as clicked_days
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.offers import catalogs, offers
from tests.contract.caller import Caller
from tests.contract.promoters import promoted
from tests.properties.model.merchant import Merchant
from tests.properties.model.terms import DONE, MISSING, REFUSED, SECOND, Catalog, Code, Link, Offer, Said
from tests.support import cast, engines
from tests.support.snapshot import Snapshot

START = 1_790_000_000_000_000
_OUTCOMES = {200: DONE, 201: DONE, 400: REFUSED, 404: MISSING}
_WIRE = {"catalog": "catalog_code"}


class Wall:
    """The clock on the wall, which stands still until a test moves it."""

    def __init__(self):
        self.micros = START

    def time_ns(self) -> int:
        return self.micros * 1000


class Stage:
    """One world: `stage.sides` are the merchants. Given the application and the engine it stands on."""

    figures_every = 1  # After so many steps of a play the figures are looked at, which takes half of its time.

    def __init__(self, app, engine, wall: Wall):
        self.app, self.engine, self.wall, self._kept = app, engine, wall, {}

    def set_up(self, in_test_mode: bool) -> None:
        """An empty database with the cast and both shops in it. The first merchant may live in test mode."""
        self.wall.micros = START
        engines.anew(self.engine)
        credentials._cache.clear()
        remembered.forget_all(), clicked_days.forget()
        if in_test_mode in self._kept:
            self._kept[in_test_mode][1].put_back()
        else:
            self._kept[in_test_mode] = (pickle.dumps(self._opened(in_test_mode)), Snapshot())
        self.sides = pickle.loads(self._kept[in_test_mode][0])
        for side in self.sides:
            side.enter(self)

    def _opened(self, in_test_mode: bool) -> list["Side"]:
        links, clicks = {}, {}
        with database.transaction():  # One commit is quicker than a hundred.
            world = cast.build(self.app)
            return [
                Side("AC", world.acme, in_test_mode, world, links, clicks),
                Side("RV", world.rival, False, world, links, clicks),
            ]


class Side:
    """A merchant: its partner and shop on the portal, and its model."""

    def __init__(self, mark: str, party, in_test_mode: bool, world, links: dict, clicks: dict):
        twin = (lambda one: one.twin()) if in_test_mode else (lambda one: one)
        self.mark, self.party, self.offset = mark, twin(party), 0
        self.model = Merchant(mark, links, clicks)
        self.catalogs = {code: self._catalog(code) for code in ("shop", "other")}
        self.offers = {
            "Plan": self._offer("Plan", "shop", ("USD", "JPY")),
            "Fixed": self._offer("Fixed", "shop", ("KWD",), fixed=3333),
            "Side": self._offer("Side", "other", ("USD",), percent=1250),
        }
        self.promotions = {
            f"{mark}{who}": self._promoter(f"{mark}{who}", code, twin(promoter))
            for who, code, promoter in (
                ("NORTH", "shop", world.northwind),
                ("WIND", "shop", world.wind),
                ("SIDE", "other", world.north),
            )
        }
        self.gold = groups.make(self.party.id, "Gold")
        click = f"click-{mark}"
        Click.create(key=click, promotion=self.promotions[f"{mark}NORTH"], at=START)
        clicks[click] = (f"{mark}NORTH", START)

    def enter(self, stage: Stage) -> None:
        """Its play begins."""
        self.stage, self.api = stage, Caller(stage.app.test_client(), self.party.token)

    @property
    def now(self) -> int:
        """The merchant's present moment."""
        return self.stage.wall.micros + self.offset * SECOND

    def pick(self, number: int):
        """One of its deals in the model; nothing when there is none, or the number says so."""
        known = list(self.model.deals.values())
        return known[number % len(known)] if known and number < 7 else None

    @contextmanager
    def acting(self):
        """On the merchant's clock, as its requests are."""
        with clock.acting(self.offset):
            yield

    def sleep(self, seconds: int) -> None:
        """Time passes: in test mode by its own clock, else on the wall."""
        if not self.party.partner.is_test:
            self.stage.wall.micros += seconds * SECOND
            return
        partners.advance_clock(self.party.partner, seconds)
        self.offset += seconds
        credentials._cache.clear()

    def change_catalog(self, code: str, changes: dict) -> None:
        """The merchant edits a catalog, on the portal and in the model."""
        given = {_CATALOG[name][0]: _CATALOG[name][1](value) for name, value in changes.items()}
        outcome, answer = self.outcome(lambda: catalogs.change(self.catalogs[code], given))
        assert outcome == DONE, answer
        self.model.catalogs[code] = replace(self.model.catalogs[code], **changes)

    def report(self, said: Said) -> tuple[str, object]:
        """By the domain's own verb."""
        given = {_WIRE.get(name, name): value for name, value in asdict(said).items()}
        given["cost"] = money.to_decimal(said.cost, said.currency)
        return self.outcome(lambda: deals.report(self.party.id, deals.Report(**given)))

    def update(self, reference: str, changes: dict, currency: str) -> tuple[str, object]:
        """By the domain's own verb."""
        given = dict(changes)
        if given.get("cost") is not None:
            given["cost"] = money.to_decimal(given["cost"], currency)
        return self.outcome(lambda: deals.update(self.party.id, reference, **given))

    def report_by_api(self, said: Said, **headers) -> tuple[str, object]:
        """POST /deal/."""
        body = {_WIRE.get(name, name): value for name, value in asdict(said).items()}
        body["cost"] = float(money.to_decimal(said.cost, said.currency))
        return self.asked("POST", "/deal/", body, **headers)

    def update_by_api(self, reference: str, changes: dict, currency: str, **headers) -> tuple[str, object]:
        """PATCH /deal/{reference}/."""
        body = dict(changes)
        if body.get("cost") is not None:
            body["cost"] = float(money.to_decimal(body["cost"], currency))
        return self.asked("PATCH", f"/deal/{reference}/", body, **headers)

    def asked(self, method: str, path: str, body, **headers) -> tuple[str, object]:
        """A request with the merchant's token: what became of it, and the reply."""
        with clock.acting(0):  # The gate sets the clock of the token's partner for the rest of its thread.
            reply = self.api(method, path, body, headers=headers)
        return _OUTCOMES[reply.status], reply

    def outcome(self, act) -> tuple[str, object]:
        """What became of a verb of the domain's, on the merchant's clock, and what it gave."""
        try:
            with self.acting():
                return DONE, act()
        except NotFound as error:
            return MISSING, error
        except (Invalid, Refused) as error:
            return REFUSED, error

    def _catalog(self, code: str):
        kept = self.model.catalogs[code] = Catalog(code)
        given = {
            "title": code, "catalog_code": code, "reward_percent": Decimal(kept.percent) / 100,
            "hold_duration": days(kept.hold), "canceled_duration": days(kept.wait), "is_promocode_allowed": True,
        }  # fmt: skip
        return catalogs.create(self.party.id, given)

    def _offer(self, name: str, code: str, currencies: tuple, percent=None, fixed=None):
        self.model.offers[name] = Offer(name, code, currencies, percent, fixed)
        given = {"name": name, "is_promocode_allowed": True}
        if percent is not None:
            given["reward_percent"] = Decimal(percent) / 100
        if fixed is not None:
            given["fix_remuneration"] = money.to_decimal(fixed, currencies[0])
        return terms.create(self.party.id, given, self.catalogs[code].uuid, prices(currencies))

    def _promoter(self, uid: str, code: str, promoter):
        self.model.links[uid] = Link(self.mark, code, promoter.id)
        limit = 2 if uid.endswith("WIND") else None
        self.model.codes[f"{uid}-5"] = Code(uid, limit=limit)
        promotion = promoted(self.catalogs[code].uuid, promoter, uid, f"{uid.title()}-5")
        PromoCode.update(uses_limit=limit).where(PromoCode.promotion == promotion).execute()
        PromoCode.create(
            merchant=self.party.id, promotion=promotion, code=f"{uid}-OLD", written=f"{uid}-old",
            percent_discounts=500, ended_at=START,
        )  # fmt: skip
        self.model.codes[f"{uid}-OLD"] = Code(uid, ended=True)
        return promotion


def days(seconds: int) -> str:
    """A duration as the wire writes it."""
    hours, rest = divmod(seconds % 86_400, 3600)
    return f"{seconds // 86_400} {hours:02}:{rest // 60:02}:{rest % 60:02}"


def prices(currencies: tuple) -> list:
    """One price in each currency."""
    return [offers.Price(Decimal(100), currency) for currency in currencies]


def percent(value: int | None):
    """As the domain takes it."""
    return None if value is None else Decimal(value) / 100


def same(value):
    """As it is."""
    return value


_CATALOG = {
    "percent": ("reward_percent", percent), "hold": ("hold_duration", days), "wait": ("canceled_duration", days),
    "published": ("is_published", same), "codes": ("is_promocode_allowed", same),
    "cookie_days": ("cookies_storage_days", same),
}  # fmt: skip
