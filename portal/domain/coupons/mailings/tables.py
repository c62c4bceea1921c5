"""Mailings of codes: to whom which code went."""

from peewee import SQL, BigAutoField, CharField, Check, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.identifiers import new_uuid


class CouponMailing(BaseModel):
    """A list of addresses, each of which is mailed a code of its own."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    name = CharField(255)
    message = TextField(null=True)
    wanted = IntegerField()
    mailed = IntegerField(default=0)
    failed = IntegerField(default=0)
    state = CharField(10, default="mailing")
    made_by = CharField(64)
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)
    attempts = IntegerField(default=0)
    created_at = InstantField(default=clock.now)
    done_at = InstantField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("state IN ('mailing', 'done', 'canceled')", "coupon_mailing_state_is_known"),
            Check("mailed + failed <= wanted", "coupon_mailing_mails_what_is_wanted"),
        ]


CouponMailing.add_index(
    CouponMailing.index(
        CouponMailing.partner, CouponMailing.due_at, where=SQL("due_at IS NOT NULL"), name="coupon_mailing_due"
    )
)


class MailedCoupon(BaseModel):
    """An address of a mailing and its code, which no other address ever gets."""

    id = BigAutoField()
    mailing = ForeignKeyField(CouponMailing, index=False, on_delete="CASCADE", backref="+")
    mail = CharField(254)  # lower case
    coupon = ForeignKeyField(Coupon, unique=True, backref="+")
    state = CharField(10, default="waiting")
    mailed_at = InstantField(null=True)
    error = TextField(null=True)  # why it was not

    class Meta:
        indexes = ((("mailing", "mail"), True), (("mailing", "state", "id"), False))
        constraints = [Check("state IN ('waiting', 'mailed', 'failed')", "mailed_coupon_state_is_known")]
