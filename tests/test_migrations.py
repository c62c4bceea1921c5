"""The migrations make exactly what the models say, on both engines."""

import gzip

import pytest
from peewee import SqliteDatabase
from playhouse.schema_diff import diff_models

from portal import database
from portal.database import database as db
from portal.domain import schema, verify
from portal.server import backup
from tests.schemas.make import TOKEN
from tests.schemas.release import DUMPS, Release
from tests.support.engines import settings_for


@pytest.fixture
def bare(engine):
    """The settings of a database without any table."""
    database.drop_connection()
    settings = settings_for(engine.bare("bare"), engine.folder)
    database.connect(settings)
    yield settings
    database.drop_connection()


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def release(request, bare):
    """Each released schema with its data, brought to head."""
    release = Release(request.param)
    release.load()
    assert database.applied_migrations() == release.migrations
    database.migrate()
    return release


@pytest.fixture
def old_shop(release, bare, app_pool):
    """The integrator of the release's shop, who sends requests to this code."""
    app = app_pool(bare)
    database.connect(bare)
    client = app.test_client()
    return lambda method, path, **more: client.open(path, method=method, headers={"Authorization": TOKEN}, **more)


def checks_of(table: str) -> set[str]:
    if isinstance(db.obj, SqliteDatabase):
        written = db.execute_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()[0]
        return {name for name in check_names() if name in written}
    query = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"
    return {name for (name,) in db.execute_sql(query, (f'"{table}"',)).fetchall()} & check_names()


def checks_wanted(model) -> set[str]:
    # Every rule in the tables has a name of its own, which is how it is found again.
    return {constraint.name for constraint in model._meta.constraints or [] if getattr(constraint, "name", None)}


def check_names() -> set[str]:
    return {name for model in schema.MODELS for name in checks_wanted(model)}


def test_models_and_migrations_agree(engine):
    found = diff_models(db.obj, schema.MODELS)
    assert not found, found


def test_a_database_without_tables_is_brought_to_head(bare):
    assert database.pending_migrations() != []
    assert database.migrate() == database.applied_migrations()
    assert database.pending_migrations() == []


def test_migrating_again_changes_nothing(engine):
    assert database.migrate() == []


def test_every_check_of_the_models_is_in_the_database(engine):
    for model in schema.MODELS:
        assert checks_of(model._meta.table_name) == checks_wanted(model)


def test_every_model_is_listed_in_the_schema():
    from portal.database import BaseModel

    def made(model):  # What several tables have in common is none itself.
        below = model.__subclasses__()
        return {one for each in below for one in made(each)} if below else {model}

    assert made(BaseModel) == set(schema.MODELS)


def test_a_released_schema_becomes_that_of_the_models(release):
    assert database.pending_migrations() == []
    found = diff_models(db.obj, schema.MODELS)
    assert not found, found
    for model in schema.MODELS:
        assert checks_of(model._meta.table_name) == checks_wanted(model)


def test_no_row_of_a_release_is_lost_or_changed(release):
    for name, table in release.tables.items():
        assert release.present(name) == sorted(table.rows, key=lambda row: row[0]), name


def test_a_release_at_head_keeps_every_promise(release):
    assert verify.faults() == []


def test_whoever_came_in_before_proofs_were_asked_for_is_asked_for_none(release):
    proved = db.execute_sql("SELECT mail FROM person WHERE proved_at = created_at ORDER BY mail").fetchall()
    assert proved == [("operator@portal.example",), ("owner@acme.example",)]


def test_who_came_before_areas_keeps_those_that_it_uses(release):
    areas = dict(db.execute_sql("SELECT slug, areas FROM partner").fetchall())
    assert (areas["acme"], areas["northwind"], areas["newcomer"]) == ("affiliate earn", "earn", None)


def test_what_was_approved_before_payouts_is_open(release):
    """Once each, with the whole reward; what was clawed back, held or nobody's is not."""
    items = db.execute_sql(
        """SELECT d.deal_id, i.amount, i.currency, i.payout_id, i.at = d.approved_at, i.merchant_id = d.partner_id
        FROM payout_item i JOIN deal d ON d.id = i.deal_id ORDER BY d.id"""
    ).fetchall()
    assert items == [("approved", 1000, "USD", None, True, True), ("approved fixed", 300, "JPY", None, True, True)]


def test_what_was_apart_by_its_case_alone_stays_apart(bare):
    release = Release(DUMPS[0])
    release.load()
    copied = "uuid, partner_id, catalog_id, name, is_active, created_at, modified_at"
    for number, name in enumerate(("PLAN", "plan", "Cafe\u0301", "Café")):
        db.execute_sql(
            f"""INSERT INTO offer ({copied}) SELECT 'copy {number}', partner_id, catalog_id, {db.param}, is_active,
            created_at, modified_at FROM offer WHERE name = 'Plan' ORDER BY id LIMIT 1""",
            (name,),
        )
    db.execute_sql("UPDATE deal SET promo_code = 'Promo–5' WHERE deal_id = 'her own'")
    database.migrate()
    copies = f"SELECT name, name_key FROM offer WHERE uuid LIKE {db.param} OR name = 'Plan'"
    found = db.execute_sql(copies, ("copy%",)).fetchall()
    assert len(found) == len(set(found))
    plans, cafes = {("Plan", "Plan"), ("PLAN", "PLAN"), ("plan", "plan")}, {("Café", "café"), ("Café", "Café")}
    assert set(found) == plans | cafes
    keys = db.execute_sql("SELECT deal_id_key, promo_code_key FROM deal WHERE deal_id = 'her own'").fetchall()
    assert keys == [("HER OWN", "PROMO-5")]


def test_the_api_answers_deals_of_a_release_and_moves_them(old_shop):
    shown = old_shop("GET", "/api/deal/approved/").json
    kept = {name: value for name, value in shown.items() if not name.endswith(("_at", "_time"))}
    assert kept == {
        "offer": {"name": "Plan", "catalog": {"title": "Ümlaut & <b>bold</b>", "catalog_code": "shop"}},
        "cost": 99.99,
        "payment_sum": 10.0,
        "is_returned": False,
        "promo": None,
        "currency": "USD",
        "status": "Paid",
        "id": kept["id"],
        "deal_id": "approved",
    }
    assert shown["approved_at"] and not shown["canceled_at"]
    for deal_id in ("approved", "held", "created", "her own"):
        assert old_shop("PATCH", f"/api/deal/{deal_id}/", json={"status": "Canceled"}).json["status"] == "Canceled"
    assert old_shop("GET", "/api/deal/approved/").json["payment_sum"] == 0.0
    said = {"offer": "Plan", "cost": 5, "currency": "USD", "catalog_code": "shop", "another_data": "myshare=NRTHWND22"}
    assert old_shop("POST", "/api/deal/", json={**said, "deal_id": "new", "status": "Paid"}).status_code == 200
    assert old_shop("GET", "/api/deal/new/").json["payment_sum"] == 0.5
    assert verify.faults() == []


def test_a_release_at_head_is_backed_up_and_restored_whole(release, engine, tmp_path):
    rows = backup.write(tmp_path / "backup")
    database.drop_connection()
    database.connect(settings_for(engine.bare("restored"), engine.folder))
    assert backup.read(tmp_path / "backup") == rows
    test_no_row_of_a_release_is_lost_or_changed(release)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
@pytest.mark.parametrize("is_bare", [True, False], ids=["no tables", "tables at head"])
def test_a_backup_of_a_release_is_restored_by_this_one(bare, dump, is_bare, tmp_path):
    if not is_bare:
        database.migrate()
    packed = tmp_path / "backup"
    packed.write_bytes(gzip.compress(dump.read_bytes()))
    assert backup.read(packed) == sum(len(table.rows) for table in Release(dump).tables.values())
    assert database.pending_migrations() == []
    assert not diff_models(db.obj, schema.MODELS)
    assert verify.faults() == []
    test_no_row_of_a_release_is_lost_or_changed(Release(dump))
