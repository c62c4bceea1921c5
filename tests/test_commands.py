"""The operator's commands, each on both engines."""

import json
import re
import threading
from pathlib import Path

import psycopg
import pytest

from portal import database
from portal.config import BadSetting
from portal.demo import world as demo_world
from portal.domain import schema, verify
from portal.domain.accounts.people import people
from portal.domain.accounts.tables import ClientToken, Membership, Partner, User
from portal.domain.accounts.tokens import tokens
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Entry
from portal.domain.affiliate.permits import CATALOGS_READ
from portal.domain.events import chain, log
from portal.domain.events.tables import EventBatch
from portal.domain.mail import addresses
from portal.domain.mail.tables import Mail
from portal.domain.offers.tables import Catalog
from portal.domain.pictures.tables import Picture
from portal.server import backup, start
from tests.affiliate import things
from tests.support import engines, promises
from tests.support.waiting import until

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(app):
    """Run a command; its output. Fails the test unless it ends with `code`."""

    def run_(*arguments: str, code: int = 0, **more) -> str:
        ended = app.test_cli_runner().invoke(args=list(arguments), **more)
        assert ended.exit_code == code, (ended.output, ended.exception)
        return ended.output

    return run_


@pytest.fixture
def sold(world):
    """Acme's catalog with deals in every state, one of them a promoter's."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    for number, status in enumerate(("Created", "Paid", "Paid")):
        things.deal(catalog, f"D{number}", status, another_data="myshare=NRTHWND22")
    return catalog


def fill_other_database(engine, settings, name: str):
    """Connect to an empty database without tables; the caller's connection is left."""
    database.drop_connection()
    database.connect(engines.settings_for(engine.bare(name), settings.data_dir))


def content() -> dict:
    rows = {model._meta.table_name: list(model.select().tuples()) for model in schema.MODELS}
    return {table: sorted(map(repr, found)) for table, found in rows.items()}


# Verify


def test_a_database_that_holds_its_promises_verifies(run, sold, monkeypatch):
    monkeypatch.setattr(verify, "faults", promises.of_all)  # All of them, though most find no row.
    assert run("verify") == "Everything holds.\n"


def test_verify_names_the_digest_of_the_log_and_knows_one_that_was_noted(run, sold):
    while log.give_positions() or chain.close():
        pass
    noted = re.search(r"batch (\d+): ([0-9a-f]{64})$", run("verify"), re.MULTILINE)
    assert noted and int(noted[1]) == chain.head().number
    assert "Everything holds." in run("verify", "--log-digest", noted[2])
    EventBatch.update(digest="0" * 64).execute()
    said = run("verify", "--log-digest", noted[2], code=1)
    assert "was rewritten" in said and "Batch 1 of the event log" in said


def test_every_check_runs_on_both_engines(engine):
    for check in verify.CHECKS:
        assert database.database.execute_sql(check.query).fetchall() == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda world: Entry.update(amount=Entry.amount + 1).where(Entry.account == "held").execute(), "not to zero"),
        (lambda world: Deal.update(payment_sum=7).where(Deal.deal_id == "D1").execute(), "Deal .*: its reward is 7"),
        (lambda world: Catalog.update(approved_deals=9).execute(), "counts 9 approved"),
        (lambda world: Catalog.update(partner=world.rival.id).execute(), "another partner"),
        (
            lambda world: Partner.update(parent=world.north.id).where(Partner.id == world.rival.id).execute(),
            "company of a company",
        ),
    ],
)
def test_a_broken_promise_is_a_sentence_and_an_exit_code(run, sold, world, damage, says):
    damage(world)
    assert re.search(says, run("verify", code=1))


# Backup and restore


def test_a_backup_restores_everything_into_an_empty_database(run, sold, world, engine, settings, tmp_path):
    Picture.create(key="k", partner=world.acme.id, source_digest="d", body=b"\x00\xff", content_type="image/webp")
    people_of = world.acme.twin()
    before = content()
    run("backup", str(tmp_path / "all"))
    fill_other_database(engine, settings, "restored")
    assert backup.read(tmp_path / "all") == sum(map(len, before.values()))
    assert content() == before
    assert verify.faults() == []
    tokens.make(Partner.get_by_id(people_of.id), "After", [CATALOGS_READ])  # Ids go on where they were.


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
def test_a_backup_of_one_engine_is_read_by_the_other(run, sold, engine_pool, settings, tmp_path, other):
    before = content()
    run("backup", str(tmp_path / "all"))
    fill_other_database(engine_pool(other), settings, "moved")
    backup.read(tmp_path / "all")
    assert content() == before


def test_restore_verifies_and_refuses_a_database_with_something_in_it(run, sold, tmp_path):
    run("backup", str(tmp_path / "all"))
    assert "not empty" in run("restore", str(tmp_path / "all"), code=1)


def test_a_file_that_is_cut_short_restores_nothing(run, sold, engine, settings, tmp_path):
    run("backup", str(tmp_path / "all"))
    whole = (tmp_path / "all").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    fill_other_database(engine, settings, "cut")
    with pytest.raises(Exception, match="no whole backup"):
        backup.read(tmp_path / "cut")
    assert User.select().count() == 0


def test_a_backup_overwrites_nothing_and_is_for_its_owner_alone(run, world, tmp_path):
    run("backup", str(tmp_path / "all"))
    assert (tmp_path / "all").stat().st_mode & 0o077 == 0
    assert "exists already" in run("backup", str(tmp_path / "all"), code=1)


def test_a_backup_goes_where_it_was_told_whatever_lies_there_already(run, world, tmp_path):
    (tmp_path / "victim").write_text("somebody's")
    (tmp_path / "all.part").symlink_to(tmp_path / "victim")
    run("backup", str(tmp_path / "all"))
    assert (tmp_path / "victim").read_text() == "somebody's"
    (tmp_path / "dangling").symlink_to(tmp_path / "made by the backup")
    assert "exists already" in run("backup", str(tmp_path / "dangling"), code=1)
    assert not (tmp_path / "made by the backup").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"victim", "all.part", "all", "dangling"}


def test_a_backup_under_load_is_of_one_moment(run, sold, world, engine, settings, tmp_path):
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            things.deal(sold, f"L{number}", "Paid", another_data="myshare=NRTHWND22")
            number += 1
        database.drop_connection()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for round_ in range(3):
            run("backup", str(tmp_path / f"all{round_}"))
    finally:
        stop.set()
        writer.join()
    for round_ in range(3):
        fill_other_database(engine, settings, f"round{round_}")
        backup.read(tmp_path / f"all{round_}")
        assert verify.faults() == []


# Tokens, people, clocks


def test_a_token_is_printed_once_and_works(run, world):
    secret = run("token", "create", "acme", "--permit", CATALOGS_READ, "--days", "3").strip()
    found = tokens.find(secret)
    assert (found.partner_id, found.permits, found.reach) == (world.acme.id, {CATALOGS_READ}, "self")
    assert ClientToken.select().where(ClientToken.digest == secret).count() == 0


def test_a_test_mode_token_makes_the_twin(run, world):
    assert run("token", "create", "acme", "--test").startswith("pp_test_")
    assert Partner.get(Partner.live_partner == world.acme.id)


def test_an_unknown_partner_is_said_so(run, world):
    assert "no partner with the slug" in run("token", "create", "nobody", code=1)


def test_an_operator_is_made_with_a_password_from_standard_input(run, engine):
    run(
        "user",
        "create",
        "Ada@Portal.example",
        "--name",
        "Ada",
        "--operator",
        "--password-stdin",
        input="a long password\n",
    )
    assert people.proven("ada@portal.example", "a long password").is_operator


def test_a_person_gets_a_role_at_a_partner(run, world):
    run(
        "user",
        "create",
        "bo@acme.example",
        "--name",
        "Bo",
        "--partner",
        "acme",
        "--role",
        "viewer",
        "--password-stdin",
        input="a long password\n",
    )
    bo = people.proven("bo@acme.example", "a long password")
    assert Membership.get(Membership.user == bo).role == "viewer"


def test_a_known_mail_or_a_short_password_makes_nobody(run, world):
    before = User.select().count()
    arguments = ("--name", "X", "--operator", "--password-stdin")
    assert "known already" in run("user", "create", "owner@acme.example", *arguments, code=1, input="a long password\n")
    assert "password of" in run("user", "create", "x@acme.example", *arguments, code=1, input="short\n")
    assert User.select().count() == before


def test_a_clock_goes_ahead_in_test_mode_only(run, world):
    assert "test-mode partner" in run("clock", "advance", "acme", "60", code=1)
    run("clock", "advance", "acme", "60", "--test")
    assert Partner.get(Partner.live_partner == world.acme.id).clock_offset == 60


# The demo


@pytest.mark.engine("sqlite")  # On the other the next test loads it.
def test_the_demo_is_loaded_once_leads_to_itself_and_stops_the_start_of_anything_else(run, settings, monkeypatch):
    monkeypatch.setattr(addresses, "_public_url", "")  # as in `make run`, which makes no application first
    first, second = (json.loads(run("demo", "--json")) for _ in range(2))
    assert first == second
    assert {"partners", "members", "operator"} == first.keys()
    assert people.proven(*first["partners"]["acme"]["users"]["owner"].values())
    assert tokens.find(first["partners"]["northwind"]["companies"]["north"]["token"])
    mails = [mail.text for mail in Mail.select()]
    assert mails
    # Those of a partner's own lead to it, those with a code to where one stops them.
    ways = [f"{settings.public_url}/{place}/" for place in ("for", "no-more-mail")]
    assert [text for text in mails if not any(way in text for way in ways)] == []
    with pytest.raises(BadSetting, match="demo world"):
        start.refuse_unsafe(settings)
    database.connect(settings)


@pytest.mark.engine("postgresql")
@pytest.mark.engine("sqlite")  # The key lies in a file.
def test_a_demo_that_was_loaded_under_another_key_says_so(run, settings):
    """It printed sign-ins that did not work."""
    run("demo")
    (settings.data_dir / "demo-secret").write_text("another key, long enough to be taken for one")
    for said in (run("demo"), run("demo", "--json", code=1)):
        assert "loaded under another key" in said
        assert "Sign in as" not in said
    (settings.data_dir / "demo-secret").unlink()


@pytest.mark.engine("postgresql")
def test_two_that_load_the_demo_at_once_load_it_once(app, settings):
    """`make run`, and somebody who asks how to enter before it has begun to serve."""
    loaded = []

    def load() -> None:
        loaded.append(demo_world.load(settings))
        database.drop_connection()

    with (
        psycopg.connect(settings.database_url) as first,
        psycopg.connect(settings.database_url, autocommit=True) as looking,
    ):
        first.execute("INSERT INTO installation_fact (name, value) VALUES ('demo', '1')")
        second = threading.Thread(target=load)
        second.start()
        waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        until(lambda: looking.execute(waits).fetchone(), "the second to wait for the first")
        first.commit()
        second.join()
    assert loaded == [False] and not User.select().exists()


def test_the_demo_is_not_loaded_beside_somebodys_data(run, world):
    before = Partner.select().count()
    assert "somebody's own" in run("demo")
    assert Partner.select().count() == before


def test_migrate_brings_the_schema_to_head(run, engine):
    assert run("migrate") == "Nothing to do.\n"
