"""Which deals credited which cards. Frozen."""

from peewee import BigAutoField, Check, ForeignKeyField, Model, TextField


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Deal(Frozen):
    id = BigAutoField()


class CardTemplate(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class Card(Frozen):
    id = BigAutoField()


class CardOperation(Frozen):
    id = BigAutoField()


class CardDeal(Frozen):
    id = BigAutoField()
    deal = ForeignKeyField(Deal, backref="+", index=False)
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    member = ForeignKeyField(Member, null=True, backref="+", index=False)
    card = ForeignKeyField(Card, null=True, backref="+", index=False)
    operation = ForeignKeyField(CardOperation, null=True, unique=True, backref="+")
    steps = TextField()

    class Meta:
        indexes = ((("deal", "template"), True),)
        constraints = [Check("operation_id IS NULL OR card_id IS NOT NULL", "card_deal_credits_a_card")]


TABLES = [Deal, CardTemplate, Member, Card, CardOperation, CardDeal]


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables([CardDeal])
    db.execute_sql(
        'CREATE INDEX "card_deal_of_member" ON "card_deal" ("member_id", "deal_id") WHERE member_id IS NOT NULL'
    )


def down(migrator, db):
    with db.bind_ctx(TABLES):
        db.drop_tables([CardDeal])
