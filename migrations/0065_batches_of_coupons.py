"""A batch of coupons is switched off and on again piece by piece; the assignment of its coupons is a row. Frozen."""

from peewee import BigAutoField, ForeignKeyField, Model

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("off_at", "BIGINT"), ("turning", "VARCHAR(3)"), ("turned", "INTEGER NOT NULL DEFAULT 0"), ("turned_to", "BIGINT NOT NULL DEFAULT 0")]  # fmt: skip


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class CouponBatch(Frozen):
    id = BigAutoField()


class CouponAssignment(Frozen):
    id = BigAutoField()


class BatchAssignment(Frozen):
    batch = ForeignKeyField(CouponBatch, backref="+", primary_key=True, on_delete="CASCADE")
    assignment = ForeignKeyField(CouponAssignment, backref="+", unique=True)


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE coupon_batch ADD COLUMN {name} {kind}")
    db.execute_sql("ALTER TABLE coupon_batch DROP COLUMN terms")
    with db.bind_ctx([CouponBatch, CouponAssignment, BatchAssignment]):
        db.create_tables([BatchAssignment])


def down(migrator, db):
    with db.bind_ctx([CouponBatch, CouponAssignment, BatchAssignment]):
        db.drop_tables([BatchAssignment])
    db.execute_sql("ALTER TABLE coupon_batch ADD COLUMN terms TEXT")
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE coupon_batch DROP COLUMN {name}")
