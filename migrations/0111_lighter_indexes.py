"""Those that are null in nearly every row stand in no index, which each write had to touch; the latest names of coupons are read from one
alone. Frozen."""

INDEXES = {
    "coupon_of_partner": ("coupon (partner_id, id, name)", "coupon (partner_id, id)"),
    "transfer_payout_id": ("transfer (payout_id) WHERE payout_id IS NOT NULL", "transfer (payout_id)"),
    "card_operation_reverses_id": (
        "card_operation (reverses_id) WHERE reverses_id IS NOT NULL",
        "card_operation (reverses_id)",
    ),
}


def up(migrator, db):
    for name, (on, _) in INDEXES.items():
        put(db, name, on)


def down(migrator, db):
    for name, (_, on) in INDEXES.items():
        put(db, name, on)


def put(db, name, on):
    unique = "UNIQUE " if name == "card_operation_reverses_id" else ""
    db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql(f"CREATE {unique}INDEX {name} ON {on}")
