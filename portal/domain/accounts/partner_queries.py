"""Partners as the operator looks through them. Test-mode twins are not listed: they come and go with their partner."""

from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.errors import NotFound

PAGE = 50


def page(search: str, waiting: bool | None, before: int | None) -> tuple[list[Partner], int | None]:
    """Up to fifty partners, newest first, whose name, slug or a person's mail has the text; and the id to go on before.

    `waiting` takes those not confirmed yet (True), the confirmed (False), or all (None).
    """
    query = Partner.select().where(Partner.live_partner.is_null())
    if search:
        mails = Membership.select(Membership.partner).join(User).where(User.mail.contains(search))
        query = query.where(Partner.name.contains(search) | Partner.slug.contains(search) | Partner.id.in_(mails))
    if waiting is not None:
        query = query.where(Partner.confirmed_at.is_null(waiting))
    if before is not None:
        query = query.where(Partner.id < before)
    rows = list(query.order_by(Partner.id.desc()).limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def find(partner_id: int) -> Partner:
    """A live partner. Raises NotFound."""
    partner = Partner.get_or_none(Partner.id == partner_id, Partner.live_partner.is_null())
    if partner is None:
        raise NotFound("partner")
    return partner


def count() -> int:
    """How many partners there are."""
    return Partner.select().where(Partner.live_partner.is_null()).count()


def count_waiting() -> int:
    """How many partners wait to be confirmed."""
    return Partner.select().where(Partner.live_partner.is_null(), Partner.confirmed_at.is_null()).count()


def owners_of(listed: list[Partner]) -> dict[int, list[str]]:
    """The owners' mail addresses, by partner id."""
    ids = [partner.id for partner in listed]
    rows = Membership.select(Membership, User).join(User).where(Membership.partner.in_(ids), Membership.role == "owner")
    found: dict[int, list[str]] = {}
    for row in rows.order_by(User.mail):
        found.setdefault(row.partner_id, []).append(row.user.mail)
    return found


def people_of(partner: Partner | int) -> list[Membership]:
    """Who works for the partner, owners first."""
    rows = Membership.select(Membership, User).join(User).where(Membership.partner == partner).order_by(User.mail)
    order = ("owner", "manager", "cashier", "viewer")
    return sorted(rows, key=lambda row: order.index(row.role))


def person(user_id: int) -> User:
    """A person. Raises NotFound."""
    user = User.get_or_none(User.id == user_id)
    if user is None:
        raise NotFound("person")
    return user


def home_of(user: User) -> Partner | None:
    """The partner through which the operator finds the person."""
    row = (
        Membership.select(Membership, Partner)
        .join(Partner)
        .where(Membership.user == user)
        .order_by(Membership.id)
        .first()
    )
    return row and row.partner
