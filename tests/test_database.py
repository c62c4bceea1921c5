"""Everything inside a transaction is kept or nothing is, and a start on an unsafe engine is refused."""

import dataclasses
import threading

import psycopg
import pytest
from peewee import SQL, IntegrityError, ModelSelect, Select, fn
from psycopg import RawCursor

from portal import database
from portal.config import BadSetting
from portal.database import Busy, Statement, postgresql, transaction, transactions
from portal.database import database as db
from portal.database.tables import Rows
from portal.domain.accounts.tables import InstallationFact, Partner
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.members.tables import Member
from portal.domain.schema import MODELS
from tests.support import desk, loyalty
from tests.support.waiting import PATIENCE_SECONDS

PUT = Statement("INSERT INTO installation_fact (name, value) VALUES (:name, :value)")
GET = Statement("SELECT value FROM installation_fact WHERE name = :name")


def test_a_failure_inside_leaves_nothing_behind(engine):
    with pytest.raises(RuntimeError), transaction():
        PUT.run(name="colour", value="blue")
        raise RuntimeError
    assert GET.row(name="colour") is None


def test_a_transaction_inside_another_joins_it(engine):
    with pytest.raises(RuntimeError), transaction():
        with transaction():
            PUT.run(name="colour", value="blue")
        raise RuntimeError
    assert GET.row(name="colour") is None


def test_what_follows_a_commit_does_not_follow_a_rollback(engine):
    told = []
    with pytest.raises(RuntimeError), transaction():
        database.after_commit(lambda: told.append("rolled back"))
        raise RuntimeError
    with transaction():
        database.after_commit(lambda: told.append("kept"))
        assert told == []
    assert told == ["kept"]


def test_statements_run_on_both_engines(engine):
    with transaction():
        assert PUT.run(name="share", value="50 %") == 1
        PUT.run(name="question", value="what?")
    assert GET.row(name="share") == ("50 %",)
    assert GET.rows(name="nothing") == []


def test_a_statement_with_a_percent_sign_stays_what_it_is(engine):
    assert Statement("SELECT name FROM installation_fact WHERE value LIKE '5%' AND name = :name").rows(name="x") == []


def test_letters_of_every_alphabet_have_a_lower_case(engine):
    PUT.run(name="colour", value="СИНИЙ Grün")
    assert Statement("SELECT LOWER(value) FROM installation_fact WHERE name = 'colour'").row() == ("синий grün",)
    assert Statement("SELECT LOWER(NULL)").row() == (None,)


@pytest.mark.engine("sqlite")
def test_a_write_that_cannot_begin_in_time_says_so(engine):
    lock = transactions._write_lock
    begun, done = threading.Event(), threading.Event()

    def hold():
        with transaction():
            begun.set()
            done.wait(PATIENCE_SECONDS)
        database.drop_connection()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(PATIENCE_SECONDS)
    try:
        with pytest.raises(Busy), lock.held(wait=0.05):
            pass
    finally:
        done.set()
        holder.join()
    with transaction():
        PUT.run(name="after", value="all")


def test_a_snapshot_does_not_see_what_is_written_meanwhile(engine):
    def write():
        with transaction():
            PUT.run(name="late", value="yes")
        database.drop_connection()

    with database.snapshot():
        assert GET.row(name="late") is None
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        assert GET.row(name="late") is None
    assert GET.row(name="late") == ("yes",)


def test_a_lost_connection_is_forgotten_and_the_next_query_goes_on(engine):
    db.connection().close()
    with pytest.raises((*database.LOST, Exception)):
        GET.row(name="x")
    database.drop_connection()
    assert GET.row(name="x") is None


def test_a_safe_engine_is_taken(engine):
    database.refuse_unsafe_engine()


@pytest.mark.engine("postgresql")
@pytest.mark.parametrize("setting", ["synchronous_commit=off", "default_transaction_isolation=serializable"])
def test_an_engine_that_could_lose_an_answered_write_is_refused(engine, settings, setting):
    database.drop_connection()
    joint = "&" if "?" in settings.database_url else "?"
    url = f"{settings.database_url}{joint}options=-c%20{setting.replace('=', '%3D')}"
    database.connect(dataclasses.replace(settings, database_url=url))
    with pytest.raises(BadSetting, match=setting.split("=")[0]):
        database.refuse_unsafe_engine()


@pytest.mark.engine("sqlite")
def test_sqlite_without_its_write_ahead_log_is_refused(engine, settings):
    database.drop_connection()
    database.connect(dataclasses.replace(settings, database_url=engine.another("slow")))
    db.execute_sql("PRAGMA journal_mode = delete")
    with pytest.raises(BadSetting, match="write-ahead log"):
        database.refuse_unsafe_engine()


@pytest.mark.engine("postgresql")
def test_what_is_prepared_outlives_what_is_undone(engine):
    kept = "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT value FROM installation_fact%'"
    for _ in range(10):
        GET.value(name="colour")
    with pytest.raises(RuntimeError), transaction():
        PUT.run(name="colour", value="blue")
        with pytest.raises(RuntimeError), database.savepoint():
            PUT.run(name="share", value="50 %")
            raise RuntimeError
        assert (GET.value(name="colour"), GET.value(name="share")) == ("blue", None)
        raise RuntimeError
    with database.snapshot():
        assert GET.value(name="colour") is None
    assert db.execute_sql(kept).fetchone() == (1,)


@pytest.mark.engine("postgresql")
def test_a_statement_is_numbered_once_however_long(engine):
    long = Statement("SELECT " + " || ".join([":name"] * 2000) + " WHERE :name <> '5%' AND :other = :other")
    assert long.value(name="x", other="y") == "x" * 2000
    before = postgresql.numbered.cache_info().misses
    assert long.value(name="z", other="y") == "z" * 2000
    assert postgresql.numbered.cache_info().misses == before
    Statement.every.remove(long)


@pytest.mark.engine("postgresql")
def test_more_statements_stay_prepared_than_the_driver_keeps_by_itself(engine):
    database.drop_connection()
    for number in range(150):
        for _ in range(7):
            db.execute_sql(f"SELECT {number} + %s", (1,))
    assert db.execute_sql("SELECT COUNT(*) FROM pg_prepared_statements").fetchone() == (150,)


@pytest.mark.engine("sqlite")
def test_sqlite_is_durable_and_minds_references(engine):
    assert db.pragma("synchronous") == 2
    assert db.pragma("foreign_keys") == 1


def test_facts_of_the_installation_are_kept_by_name(engine):
    InstallationFact.create(name="x", value="1")
    assert InstallationFact.get_by_id("x").value == "1"


def test_a_row_that_is_got_by_its_id_is_what_a_select_finds(world):
    loyalty.template(world.acme, 0)
    loyalty.customer(world.acme, date_of_birth="1990-01-01")
    desk.assigned(desk.coupon(world.acme), blackout=[{"start": "2030-01-01", "end": "2030-01-02"}])
    for table in (
        Partner,
        Member,
        CardTemplate,
        CouponAssignment,
        InstallationFact,
    ):  # moments, dates, JSON, a key of text
        for row in table.select().limit(3):
            got = table.get_by_id(row._pk)
            assert got == row and got.__data__ == row.__data__ and not got.is_dirty()
    with pytest.raises(Partner.DoesNotExist):
        Partner.get_by_id(None)


@pytest.mark.engine("postgresql")
def test_what_is_prepared_is_run_again_without_the_drivers_looking_at_it(engine, monkeypatch):
    """It finds the same, counts the same and refuses the same."""
    for number in range(10):
        PUT.run(name=f"number {number}", value=f"{number} %")
        with pytest.raises(IntegrityError):
            PUT.run(name=f"number {number}", value="another")
        assert GET.row(name=f"number {number}") == (f"{number} %",)
    monkeypatch.setattr(RawCursor, "execute", None)
    with transaction():
        assert PUT.run(name="number 10", value="ten") == 1
    with pytest.raises(IntegrityError):
        PUT.run(name="number 10", value="another")
    assert [GET.value(name=name) for name in ("number 10", "number 11")] == ["ten", None]


@pytest.mark.engine("postgresql")
@pytest.mark.parametrize("ask", [lambda: GET.value(name="colour"), lambda: db.begin(), lambda: db.commit()])
def test_a_connection_that_the_server_ended_is_lost_to_what_is_asked_past_the_driver(engine, ask):
    for _ in range(10):
        GET.value(name="colour")
    told = db.connection().info
    with psycopg.connect(f"{told.dsn} password={told.password}", autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [told.backend_pid])
    with pytest.raises(database.LOST):
        ask()
    database.drop_connection()
    assert GET.value(name="colour") is None


def _whole_rows(model, kind: type[ModelSelect]) -> list:
    """Whole rows of a table: alone, joined, with something beside them, and as a part of another statement."""
    rows, other = kind(model, model._meta.sorted_fields, is_default=True), model.alias()
    key, its = model._meta.primary_key, other._meta.primary_key
    return [
        rows,
        rows.where(key == 3).order_by(key).limit(1),
        rows.join(other, on=(its == key)),
        rows.select_extend(fn.COUNT(key).alias("together")),
        rows.where(key.in_(rows.where(key > 5))),
        other.select().where(fn.EXISTS(rows.where(key == its))),
        rows.union(rows.where(key == 3)),
        Select([rows.alias("inner")], [SQL("1")]).bind(db),
    ]


def test_whole_rows_are_read_with_the_statements_that_peewee_builds(engine):
    for model in MODELS:
        kept, built = ([one.sql() for one in _whole_rows(model, kind)] for kind in (Rows, ModelSelect))
        assert kept == built
        assert type(model.select()) is Rows
