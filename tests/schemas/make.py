"""Makes the dump of a release: `python -m tests.schemas.make tests/schemas/0001_first.jsonl`, in that release's checkout.

A small world with every kind of row that the release can have, made through its own rules and written as its own
backup, unpacked so that it can be read and compared.
"""

import gzip
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import portal
from portal import clock, database
from portal.domain.accounts.partners import partners
from portal.domain.accounts.people import disabling
from portal.domain.accounts.tables import InstallationFact, User
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.events import log
from portal.domain.members.tables import Member
from portal.domain.offers import catalogs
from portal.domain.offers.offers import Price
from portal.domain.pictures import album
from portal.server import backup
from tests.support import cast, mailed
from tests.support.engines import settings_for

TOKEN = "pp_live_Schemas000000000000000000000004LUZSS"
UID = "NRTHWND22"


def main(path: Path) -> None:
    """Write the dump."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(f"sqlite:///{folder}/release.db", Path(folder))
        database.connect(settings)
        database.migrate()
        app = portal.create_app(settings)
        fill(app, cast.build(app))
        backup.write(Path(folder) / "release.gz")
        path.write_bytes(gzip.decompress((Path(folder) / "release.gz").read_bytes()))
        database.drop_connection()


def fill(app, world: cast.World) -> None:
    """Everything that the release knows, in every state."""
    InstallationFact.create(name="made for", value="the tests of migrations")
    tokens.make(world.acme.partner, "Shop", list(PERMITS), secret=TOKEN)
    people_in_every_state(world)
    shop = a_shop(world)
    deals_in_every_state(world, shop)
    over_json(app)
    the_test_mode(world)
    while log.give_positions():
        pass


def people_in_every_state(world: cast.World) -> None:
    """Signed in, asking for a new password (which also writes a mail), disabled, not confirmed; and a member."""
    world.key_of("acme")
    mailed.reset_key(world.acme.users["viewer"].mail)
    disabling.disable(world.rival.users["cashier"])
    newcomer = User.create(mail="new@comer.example", name="Nora New", password_hash="nothing")
    partners.found("Newcomer", newcomer, confirmed=False)
    now = clock.now()
    Member.create(partner=world.acme.partner, first_name="Mia", mail="mia@acme.example", date_of_birth=now.date())
    body = b"\x89PNG not really, but kept as it is"
    album.keep_upload(world.acme.id, body, "image/png", 1, 1, lambda key: f"https://portal.example/pictures/{key}")


def a_shop(world: cast.World):
    """Acme's catalog with two offers and two landings, one of them removed, sold by promoters in every state."""
    given = {"title": "Ümlaut & <b>bold</b>", "catalog_code": "shop", "reward_percent": Decimal(10)}
    shop = catalogs.create(world.acme.id, {**given, "is_promocode_allowed": True, "icon": "https://acme.example/i.png"})
    terms.create(world.acme.id, {"name": "Plan", "is_promocode_allowed": True}, shop.uuid, [Price(Decimal(100), "USD")])
    fixed = {"name": "Fixed", "fix_remuneration": Decimal(300)}
    terms.create(world.acme.id, fixed, shop.uuid, [Price(Decimal(5000), "JPY")])
    landing = landings.create(world.acme.id, {"url": "https://acme.example/"}, shop.uuid)
    landings.remove(landings.create(world.acme.id, {"url": "https://acme.example/old"}, shop.uuid), world.acme.id)
    catalogs.create(world.rival.id, {"title": "Draft", "catalog_code": "shop", "is_published": False})
    promotion = Promotion.create(uid=UID, catalog=shop, promoter=world.northwind.id, percent_discounts=250)
    Promotion.create(uid="HERSELF22", catalog=shop, promoter=world.acme.id)
    for state, promoter in (("waiting", world.rival), ("refused", world.north), ("ended", world.wind)):
        Promotion.create(uid=f"{state.upper()[:7]}22", catalog=shop, promoter=promoter.id, state=state)
    for code, ended_at in (("NORTH5", None), ("NORTH9", clock.now())):
        PromoCode.create(
            merchant=world.acme.id, promotion=promotion, code=code, written=code.title(),
            percent_discounts=500, ended_at=ended_at,
        )  # fmt: skip
    Click.create(
        key="click-1", promotion=promotion, landing=landing.id, query="subid=7", device="Mobile", at=clock.now()
    )
    return shop


def deals_in_every_state(world: cast.World, shop) -> None:
    """Open, held, approved, canceled from each of them; by link, click and code, by the merchant itself and by nobody."""
    for deal_id, status, more in (
        ("created", "Created", {}),
        ("nobody's", "Paid", {"another_data": "subid=7"}),
        ("held", "Paid", {}),
        ("cheaper", "Paid", {}),
        ("by code", "Paid", {"another_data": None, "promo_code": "north5"}),
        ("her own", "Paid", {"another_data": "myshare=HERSELF22"}),
        ("canceled early", "Created", {}),
        ("canceled late", "Paid", {}),
        ("approved", "Paid", {"another_data": f"myshare={UID}&click=click-1&customer=mia"}),
        ("approved fixed", "Paid", {"offer": "Fixed", "cost": Decimal(4999), "currency": "JPY"}),
        ("approved nobody's", "Paid", {"another_data": None}),
        ("clawed back", "Paid", {}),
    ):
        said = {"offer": "Plan", "cost": Decimal("99.99"), "currency": "USD", "another_data": f"myshare={UID}", **more}
        deals.report(world.acme.id, deals.Report(status, deal_id=deal_id, catalog_code="shop", **said))
    deals.update(world.acme.id, "cheaper", cost=Decimal("12.50"), comment="Kept the “small” one")
    due = ("approved", "approved fixed", "approved nobody's", "clawed back")
    Deal.update(due_at=clock.now()).where(Deal.deal_id << due).execute()
    deal_moves.settle_due()
    for deal_id, returned in (("canceled early", False), ("canceled late", False), ("clawed back", True)):
        deals.update(world.acme.id, deal_id, "Canceled", is_returned=returned)


def over_json(app) -> None:
    """What only requests leave behind: a kept answer, a use of the token, and refusals."""
    client, headers = app.test_client(), {"Authorization": TOKEN}
    client.patch("/api/deal/held/", json={"comment": "once"}, headers={**headers, "Idempotency-Key": "one"})
    client.patch("/api/deal/canceled late/", json={"status": "Paid"}, headers=headers)
    client.post("/api/deal/", json={"offer": "None"}, headers=headers)
    client.get("/api/promo/check_promo/?code=north9", headers=headers)


def the_test_mode(world: cast.World) -> None:
    """Acme's twin, a week ahead, with a deal of its own."""
    twin = partners.twin_of(world.acme.partner)
    trial = catalogs.create(twin.id, {"title": "Trial", "catalog_code": "trial", "reward_percent": Decimal(5)})
    terms.create(twin.id, {"name": "Try"}, trial.uuid, [Price(Decimal(1), "EUR")])
    deals.report(twin.id, deals.Report("Paid", "Try", Decimal(1), "EUR", "trial-1", "trial"))
    partners.advance_clock(twin, 7 * 86_400)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
