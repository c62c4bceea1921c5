"""How many mails went to people who did not ask for them, by sender, receiver and in all; and who wants no more. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, IntegerField, Model


class MailCount(Model):
    id = BigAutoField()
    kind = CharField(32)
    who = CharField(254)
    since = BigIntegerField(index=True)
    used = IntegerField()

    class Meta:
        table_name = "mail_count"
        legacy_table_names = False
        indexes = ((("kind", "who", "since"), True),)


class MailStop(Model):
    id = BigAutoField()
    mail = CharField(254, unique=True)
    at = BigIntegerField()

    class Meta:
        table_name = "mail_stop"
        legacy_table_names = False


TABLES = [MailCount, MailStop]


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
