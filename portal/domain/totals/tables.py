"""How long the lists are whose length is told on each page of them."""

from peewee import BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField

from portal.database import BaseModel
from portal.domain.accounts.tables import Partner


class ListTotal(BaseModel):
    """A part of how many things of a kind a partner has, in all or `within` one of its things. In parts, so that writers of
    different things do not wait for one row."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    kind = CharField(16)
    within = BigIntegerField(default=0)  # 0: in all
    part = IntegerField()
    total = BigIntegerField()

    class Meta:
        indexes = ((("partner", "kind", "within", "part"), True),)
        constraints = [Check("total >= 0", "list_total_is_not_negative")]
