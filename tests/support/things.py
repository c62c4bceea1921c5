"""One of each thing that a path can name, for a party; and names that nothing has."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from portal import clock
from portal.database import database
from portal.domain.accounts.locations import locations
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.notifications import unsubscribing
from portal.domain.accounts.tables import ClientToken, Membership, Partner, User
from portal.domain.accounts.team import invitations
from portal.domain.accounts.team.tables import Invitation
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.deal_lists import views as saved_views
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.groups.tables import PromoterGroup
from portal.domain.affiliate.imports import imports
from portal.domain.affiliate.imports import work as import_work
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.affiliate.links.tables import OwnLink
from portal.domain.affiliate.notices import kinds as notice_kinds
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.cards.asking.tables import AskedCard
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies.tables import Company
from portal.domain.cards.counter.tables import CounterPin
from portal.domain.cards.imports import imports as customer_imports
from portal.domain.cards.imports import work as customer_import_work
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.operations import booking, events
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.pushes import pushes
from portal.domain.cards.pushes.tables import Push
from portal.domain.cards.segments import segments
from portal.domain.cards.templates import fields as card_fields
from portal.domain.cards.templates import reward_tiers
from portal.domain.cards.templates.tables import CardField, CardTemplate, RewardTier
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.batches import batches, making
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons import tables as coupon_tables
from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.given import Given as CouponGiven
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.imports import imports as coupon_imports
from portal.domain.coupons.imports import work as coupon_import_work
from portal.domain.coupons.imports.tables import CouponImport
from portal.domain.coupons.mailings import mailings
from portal.domain.coupons.mailings.tables import CouponMailing
from portal.domain.coupons.reservations.tables import HELD, Reservation
from portal.domain.coupons.ticketed_events import selling
from portal.domain.coupons.ticketed_events.tables import Bundle, ListingLevel, PriceLevel
from portal.domain.identifiers import digest, new_uuid
from portal.domain.mail import stops
from portal.domain.mail.tables import Mail
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.members import members
from portal.domain.members.oauth import chains
from portal.domain.members.oauth.tables import OauthApp, TokenChain
from portal.domain.members.sign_ins import sign_ins as member_sign_ins
from portal.domain.members.sign_ins.tables import MemberSignIn
from portal.domain.members.tables import Member, Segment
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog
from tests.support import club_offers, desk, loyalty, oauth

# Parts of pages that stand at the same path, each what `tab` in its address says.
TABS = {
    "promoters.show": ("catalogs", "codes", "deals", "payouts", "activity"),
    "promotions.show": ("results", "terms"),
    "customers.show": ("operations", "pushes", "offers", "details"),
    "cards.show": ("operations", "pushes", "history", "customer", "links"),
    "coupons.show": ("offers", "uses", "share", "details"),
    "ticketed_events.show": ("bundles", "listings", "coupons", "reservations"),
}
# Where a stranger's act would show.
_WATCHED = (
    "catalog", "offer", "promoter_terms", "offer_price", "landing", "deal", "payout_run", "payout", "payout_item",
    "refund", "own_link", "fallback_page", "membership", "invitation", "promotion", "promo_code", "deal_question", "deal_import",
    "import_row", "saved_view", "promoter_group", "group_member", "special_reward",
    "company", "tariff", "location", "posting", "card", "card_field_value", "card_operation", "card_entry", "card_template", "card_field", "reward_tier", "membership_tier", "discount_level",
    "coupon", "coupon_tag", "tagged_coupon", "coupon_assignment", "coupon_offer", "ticketed_event", "price_level", "bundle",
    "listing", "reservation", "reservation_line", "coupon_use",
    "member", "member_sign_in", "asked_code", "oauth_app", "oauth_app_token", "oauth_origin", "oauth_code", "oauth_token", "token_chain", "card_import", "card_import_row", "segment", "segment_member",
    "counter_pin", "wallet_setup", "wallet_registration", "push", "push_recipient", "push_subscription",
    "bundle_level", "listing_level",
    "member_terms", "offer_label", "offer_member", "offer_use", "offer_day", "authorization_code", "collection",
    "collection_offer", "club_settings",
    "coupon_batch", "coupon_import", "coupon_import_row", "coupon_mailing", "mailed_coupon",
)  # fmt: skip
_TOKENS = "SELECT id, name, permits, rate_limit, expires_at, revoked_at FROM client_token ORDER BY id"


@dataclass
class Things:
    """Names by parameter; where a parameter means different things, by feature and parameter."""

    names: dict = field(default_factory=dict)

    def named(self, route, parameter: str):
        """What to put into a route's path."""
        return self.names.get((route.endpoint.split(".")[0], parameter), self.names.get(parameter, "nothing"))

    def fingerprint(self) -> list:
        """The rows of the watched tables."""
        statements = [*(f"SELECT * FROM {table} ORDER BY 1" for table in _WATCHED), _TOKENS]
        return [database.execute_sql(statement).fetchall() for statement in statements]


def of(party) -> Things:
    """The party's things, made at the first call."""
    catalog = Catalog.get_or_none(Catalog.partner == party.id, Catalog.catalog_code == "things") or _made(party)
    token = ClientToken.select().where(ClientToken.partner == party.id).order_by(ClientToken.id).first()
    offer, landing = catalog.offers.get(), catalog.landings.get()
    deal_uuid = deals.shown(party.id, "order-1").uuid
    brought = Deal.get(Deal.partner == party.id, Deal.promotion.is_null(False))
    payout = Payout.select().where(Payout.merchant == party.id).order_by(Payout.id).first()
    names = {
        "catalog_id": catalog.uuid,
        "short_code": catalog.short_code,
        "offer_id": offer.uuid,
        "landing_id": landing.code,
        "code": landing.code,
        "deal_id": "order-1" if party.partner.slug == "acme" else deal_uuid,
        "token_id": token.id,
        "sign_in_id": 1,
        "partner_id": party.id,
        "slug": party.partner.slug,
        "place": "catalogs",
        "token": _unsubscribing(party),
        "stop": stops.link(party.users["viewer"].mail).rpartition("/")[2],
        "user_id": party.users["viewer"].id,
        "membership_id": _guest(party).id,
        ("counter", "membership_id"): _pinned(party).id,
        "invitation_id": _invitation(party).id,
        ("operator", "uuid"): Mail.select().order_by(Mail.id).first().uuid,
        "uid": promotions.join(party.partner, catalog.short_code).uid,
        ("promoters", "promoter"): party.partner.uuid,
        ("groups", "promoter"): party.partner.uuid,
        "view": _view(party),
        "group": _group(party).uuid,
        "reward": _reward(party).uuid,
        "question": _question(party, deal_uuid),
        ("offers", "uuid"): offer.uuid,
        ("deals", "uuid"): deal_uuid,
        ("refunds", "uuid"): brought.uuid,
        ("marketplace", "short_code"): catalog.short_code if party.partner.slug == "acme" else _hidden(party),
        ("promotions", "uuid"): brought.uuid,
        ("promotions", "slug"): _own_link(party, brought.promotion_id),
        ("promotions", "code"): _code(party, brought.promotion_id),
        ("promoters", "code"): _code(party, brought.promotion_id, is_personal=True),
        ("payouts", "uuid"): payout.uuid,
        ("rewards", "uuid"): payout.uuid,
        "run_uuid": payout.run.uuid,
        ("graph", "kind"): "deal",
        ("graph", "thing_id"): deal_uuid,
        "import_uuid": _import(party).uuid,
    }
    of_families = of_loyalty(party) | of_coupons(party)
    features = ("club_offers", "acts", "mobile", "member_terms", "members", "previews")
    in_club = {(feature, "offer_id"): of_club(party)["offer_id"] for feature in features}
    return Things(
        names
        | _of_card_pages(party)
        | of_families
        | {name: of_club(party)[name] for name in ("context", "collection_id")}
        | in_club
        | {("members", "use"): _offer_use(party).uuid}
    )


def begin(world) -> None:
    """A world in which acme has its things."""
    of(world.acme)


def begin_strangers(world) -> None:
    """A world in which rival has its things."""
    of(world.rival)


def of_club(party) -> dict[str, object]:
    """The party's things of the member offers family, made at the first call."""
    terms = MemberTerms.get_or_none(MemberTerms.partner == party.id) or club_offers.offer(party)
    known = Collection.get_or_none(Collection.partner == party.id) or collections.make(party.id, {"title": "Things"})
    named = {"context": _customer(party).id, "offer_id": terms.offer_id, "collection_id": known.id}
    return {"club_slug": party.partner.slug, **named}


def _offer_use(party) -> OfferUse:
    """That the party's customer used its offer."""
    known = OfferUse.get_or_none(OfferUse.partner == party.id)
    if known is None:
        of_club(party)
        club_offers.use(party, _customer(party), club_offers.offer(party))
    return known or OfferUse.get(OfferUse.partner == party.id)


def _mailing(party) -> CouponMailing:
    """A mailing of a code that waits for the worker."""
    known = CouponMailing.get_or_none(CouponMailing.partner == party.id)
    source = mailings.Source("batch", _batch(party).id)
    return known or mailings.start(party.id, "Things", "guest@example.com", source)


def _coupon_import(party) -> CouponImport:
    """A file of coupons, good and bad, that waits for its confirmation."""
    known = CouponImport.get_or_none(CouponImport.partner == party.id)
    if known is None:
        known = coupon_imports.start(party.id, "coupons.csv", b"code,type\nIMPORTED-1,Access\nBad!,x\n")
        while coupon_import_work.work_due():
            pass
    return known


def _batch(party) -> CouponBatch:
    """Some codes that are made."""
    known = CouponBatch.get_or_none(CouponBatch.partner == party.id)
    if known is None:
        known = batches.start(party.id, CouponGiven("Things", coupon_tables.ACCESS, ""), "THINGS-", 6, 3)
        while making.work_due():
            pass
    return known


def _of_card_pages(party) -> dict:
    """What pages of the cards family name otherwise."""
    template = _reward_tier(party).template
    of_template = {
        ("pushes", "uuid"): template.uuid,
        ("pushes", "kind"): "welcome",
        ("templates", "uuid"): template.uuid,
        ("templates", "key"): template.key,
    }
    card = _card(party)
    public = {"card_key": card.key, "share_key": card.share_key, "template_key": template.key}
    public |= {"asked_key": _asked_card(template), "club_slug": party.partner.slug}
    of_club = {("club", "sign_in_id"): _sign_in(holder_of(party)).id} | _of_apps(party)
    return of_template | public | of_club | {"field_id": _card_field(template).id}


def holder_of(party) -> Member:
    """Who holds the party's card, a member of its club."""
    member = _card(party).member
    if member.mail is None:
        member.mail = f"holder@{party.partner.slug}.example"
        Member.update(mail=member.mail).where(Member.id == member.id).execute()
    return member


def _of_apps(party) -> dict:
    """An app of the party's club, and that it speaks for who holds the card."""
    app = OauthApp.get_or_none(OauthApp.partner == party.id, OauthApp.archived_at.is_null()) or oauth.app_of(party)
    chain = TokenChain.get_or_none(TokenChain.partner == party.id, TokenChain.ended_at.is_null())
    if chain is None:
        chain, _ = chains.begin(party.id, holder_of(party).id, app.id, oauth.token_of(party).id)
    return {"app_id": app.id, "chain_id": chain.id}


def _sign_in(member: Member) -> MemberSignIn:
    """Of another browser of the member's."""
    known = MemberSignIn.get_or_none(MemberSignIn.member == member)
    if known is None:
        member_sign_ins.begin(member, member.mail, "127.0.0.1", "tests")
    return known or MemberSignIn.get(MemberSignIn.member == member)


def _asked_card(template: CardTemplate) -> str:
    """The key in the link of a card that was asked for, and never pressed."""
    key = f"asked{template.id}"
    AskedCard.get_or_create(
        key_digest=digest(key),
        defaults={
            "template": template, "mail": "asked@example.com", "person": {"first_name": "Ada"}, "answers": [], "network": "",
        },
    )  # fmt: skip
    return key


def of_loyalty(party) -> dict[str, object]:
    """The party's things of the cards family, made at the first call."""
    tier = _reward_tier(party)
    customer = _customer(party).uuid
    segment = Segment.get_or_none(Segment.partner == party.id) or segments.make(party.id, "Regulars")
    return {
        "card_id": _card(party).serial,
        "operation_id": _operation(_card(party)).id,
        ("counter", "verb"): "add-stamp",
        ("counter", "part"): "offers",
        "figure": "uses",
        "customer_id": customer,
        "segment": segment.id,
        ("customer_imports", "import_uuid"): _customer_import(party).uuid,
        "template_id": tier.template_id,
        "tier_id": tier.id,
        "push_id": _push(party, tier.template).uuid,
        "company_id": (company := _company(party)).partner_id,
        "company": company.partner.uuid,
        "tariff_id": company.tariff_id,
        "location": _location(party),
    }


def of_coupons(party) -> dict[str, object]:
    """The party's things of the coupons family, made at the first call."""
    coupon = Coupon.get_or_none(Coupon.partner == party.id) or desk.coupon(party)
    held = Reservation.get_or_none(Reservation.partner == party.id, Reservation.state == HELD) or desk.reserved(party)
    listing = selling.switch(party.id, held.listing_id, is_open=True)
    level_id = ListingLevel.get(ListingLevel.listing == listing).price_level_id
    sold = {"event_id": listing.event_id, "level_id": level_id, "listing_id": listing.id, "shop_key": listing.key}
    bundle = Bundle.get_or_none(Bundle.event == listing.event_id) or desk.bundle(PriceLevel.get_by_id(level_id))
    sold["bundle_id"] = bundle.id
    assignment = CouponAssignment.get_or_none(CouponAssignment.partner == party.id) or desk.assigned(coupon)
    made = {
        "tag_id": tags.made(party.id, ["Things"])[0],
        "batch_uuid": _batch(party).uuid,
        "mailing_uuid": _mailing(party).uuid,
        ("coupon_imports", "import_uuid"): _coupon_import(party).uuid,
        "assignment_uuid": assignment.uuid,
    }
    return {"coupon_id": coupon.id, "reservation_id": held.id, **sold, **made}


def _push(party, template: CardTemplate) -> Push:
    """A push that waits for its day."""
    known = Push.get_or_none(Push.partner == party.id)
    return known or pushes.send(party.id, "Things", template.id, scheduled_at=clock.now() + timedelta(days=1))


def _company(party) -> Company:
    known = Company.select().join(Partner).where(Partner.parent == party.id, Company.deleted_at.is_null()).first()
    return known or loyalty.company(party).company


def _location(party) -> str:
    known = Location.get_or_none(Location.partner == party.id)
    return (known or locations.open_(party.id, "Main street")).uuid


def _hidden(party) -> str:
    """The short code of a catalog that nobody finds in the marketplace, where a stranger's others can be seen."""
    given = {"title": "Hidden", "catalog_code": "hidden", "is_published": False}
    known = Catalog.get_or_none(Catalog.partner == party.id, Catalog.catalog_code == "hidden")
    return (known or catalogs.create(party.id, given)).short_code


def _code(party, promotion_id: int, is_personal: bool = False) -> str:
    """A code that its promoter made, or the merchant for it: each changes its own alone."""
    written = "Given" if is_personal else "Things"
    made = {"promotion": promotion_id, "written": written, "percent_discounts": 500, "is_personal": is_personal}
    return PromoCode.get_or_create(merchant=party.id, code=written.upper(), defaults=made)[0].code


def _own_link(party, promotion_id: int) -> str:
    slug = f"things-of-{party.partner.slug}"
    return OwnLink.get_or_create(slug=slug.upper(), defaults={"promotion": promotion_id, "written": slug})[0].written


def _view(party) -> str:
    known = saved_views.of(party.id, party.users["owner"].id)
    return (known[0] if known else saved_views.save(party.id, 0, "Paid", "status=Paid", is_shared=True)).uuid


def _group(party) -> PromoterGroup:
    known = PromoterGroup.get_or_none(PromoterGroup.merchant == party.id)
    return known or groups.make(party.id, "Gold")


def _reward(party) -> SpecialReward:
    known = SpecialReward.get_or_none(SpecialReward.merchant == party.id)
    given = rewards.Given(percent=Decimal(12))
    return known or rewards.set_for_group(_group(party), Catalog.get(Catalog.partner == party.id), None, given)


def _question(party, deal_uuid: str) -> str:
    deal = Deal.get(Deal.uuid == deal_uuid)
    asked = {"merchant": party.id, "promoter": party.id, "question": "When?"}
    return DealQuestion.get_or_create(deal=deal, defaults=asked)[0].uuid


def _import(party) -> DealImport:
    """A file of deals, good and bad, that waits for its confirmation."""
    known = DealImport.get_or_none(DealImport.partner == party.id)
    if known is None:
        known = imports.start(party.id, "things.csv", b"deal_id,status,cost\norder-1,Paid,\norder-9,Paid,x\n")
        while import_work.work_due():
            pass
    return known


def _customer_import(party) -> CardImport:
    """A file of customers, good and bad, that waits for its confirmation."""
    known = CardImport.get_or_none(CardImport.partner == party.id)
    if known is None:
        body = b"firstName,email\nAnna,anna.imported@example.com\nBad,x\n"
        known = customer_imports.start(party.id, "customers.csv", body)
        while customer_import_work.work_due():
            pass
    return known


def _card(party) -> Card:
    """A card that is never deleted for good: each act on it finds one."""
    known = Card.get_or_none(Card.partner == party.id, Card.deleted_at.is_null())
    return known or loyalty.card(party)


def _card_field(template: CardTemplate) -> CardField:
    known = CardField.get_or_none(CardField.template == template, CardField.removed_at.is_null())
    return known or card_fields.add(template, {"name": "Town", "kind": "text"})


def _operation(card: Card) -> CardOperation:
    """Stamps that were added to it."""
    known = CardOperation.get_or_none(CardOperation.card == card, CardOperation.event == events.STAMPS_ADDED)
    return known or CardOperation.get_by_id(booking.book(card.partner_id, card.serial, Asked("add-stamp", 2)).id)


def _reward_tier(party) -> RewardTier:
    """A tier of a template of points."""
    its = (CardTemplate.partner == party.id, RewardTier.removed_at.is_null())
    known = RewardTier.select().join(CardTemplate).where(*its).first()
    given = {"name": "Coffee", "type": 0, "value": Decimal(1), "threshold": 1}
    return known or reward_tiers.create(loyalty.template(party, 7), given)


def _customer(party) -> Member:
    known = Member.get_or_none(Member.partner == party.id, Member.erased_at.is_null())
    given = {"first_name": "Things", "phone": "+4915123456789", "gender": 2, "date_of_birth": "1990-09-24"}
    return known or members.create(party.id, given | {"external_user_id": "Things-1"})


def _guest(party) -> Membership:
    """Somebody more in the team, so that nobody of the cast is taken out of it."""
    mail = f"guest@{party.partner.slug}.example"
    guest = User.get_or_none(User.mail == mail) or User.create(mail=mail, name="Gus Guest", password_hash="none")
    return Membership.get_or_create(user=guest, partner=party.partner, defaults={"role": "viewer"})[0]


def _pinned(party) -> Membership:
    """Its owner, who can take over at a counter."""
    owner = Membership.get(Membership.partner == party.id, Membership.user == party.users["owner"].id)
    CounterPin.get_or_create(membership=owner, defaults={"pin_hash": owner.user.password_hash})
    return owner


def _invitation(party) -> Invitation:
    invited = invitations.open_of(party.id)
    owner = party.users["owner"].id
    return invited[0] if invited else invitations.invite(party.partner, "in@vited.example", "viewer", owner, str)


def _unsubscribing(party) -> str:
    """What ends a link that ends mails to the owner."""
    receiver = notification_choices.receivers(party.id, notice_kinds.PAYOUT)[0]
    return unsubscribing.link(receiver, notice_kinds.PAYOUT).rpartition("/")[2]


def _made(party) -> Catalog:
    catalog = catalogs.create(party.id, {"title": "Things", "catalog_code": "things", "reward_percent": Decimal(5)})
    terms.create(party.id, {"name": "Thing"}, catalog.uuid, [offers.Price(Decimal(100), "USD")])
    landings.create(party.id, {"url": "https://shop.example/"}, catalog.uuid)
    deals.report(party.id, deals.Report("Created", "Thing", Decimal(100), "USD", "order-1", "things"))
    _pay_out(party, catalog)
    return catalog


def _pay_out(party, catalog: Catalog) -> None:
    """It promotes its own catalog and pays itself, so that it is on both sides of a payout."""
    mine = f"myshare={promotions.join(party.partner, catalog.short_code).uid}"
    said = deals.Report("Paid", "Thing", Decimal(100), "USD", "order-2", "things", another_data=mine)
    deal = deals.report(party.id, said)
    Deal.update(due_at=clock.now()).where(Deal.id == deal.id).execute()
    deal_moves.settle_due()
    payouts.run(party.id, [(party.id, "USD", 500)])


MISSING = Things(
    {
        "catalog_id": new_uuid(),
        "sign_in_id": 999_999,
        "short_code": "ZZZZZ",
        "offer_id": new_uuid(),
        "landing_id": "ZZZZZZ",
        "code": "ZZZZZZ",
        "deal_id": new_uuid(),
        "batch_uuid": new_uuid(),
        "tag_id": 999_999,
        "mailing_uuid": new_uuid(),
        "token_id": 999_999,
        "membership_id": 999_999,
        "invitation_id": 999_999,
        "uid": "ZZZZZZZZZ",
        "uuid": new_uuid(),
        "run_uuid": new_uuid(),
        "import_uuid": new_uuid(),
        "card_id": "000000-000-000",
        "coupon_id": 999_999,
        "assignment_uuid": new_uuid(),
        "event_id": 999_999,
        "level_id": 999_999,
        "bundle_id": 999_999,
        "listing_id": 999_999,
        "shop_key": "nothing",
        "reservation_id": 999_999,
        "operation_id": 999_999,
        "figure": "nothing",
        "template_id": 999_999,
        "tier_id": 999_999,
        "company_id": 999_999,
        "company": new_uuid(),
        "tariff_id": 999_999,
        "location": new_uuid(),
        "field_id": 999_999,
        "app_id": 999_999,
        "chain_id": 999_999,
        "customer_id": new_uuid(),
        "segment": 999_999,
        "group": new_uuid(),
        "reward": new_uuid(),
    }
)
