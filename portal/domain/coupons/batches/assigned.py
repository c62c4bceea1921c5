"""The assignment that all coupons of a batch are under."""

from peewee import ForeignKeyField

from portal.database import BaseModel
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.batches.tables import CouponBatch


class BatchAssignment(BaseModel):
    """Whatever the batch makes comes under the assignment."""

    batch = ForeignKeyField(CouponBatch, primary_key=True, on_delete="CASCADE", backref="+")
    assignment = ForeignKeyField(CouponAssignment, unique=True, backref="+")
