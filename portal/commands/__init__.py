"""The operator's commands: `flask --app portal …`."""

import json
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from portal import clock, database
from portal.commands.people import user
from portal.commands.spoken import partner_of, spoken
from portal.database import AWAY
from portal.demo import entrance
from portal.domain import verify
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, SELF, WITH_COMPANIES
from portal.domain.events import chain
from portal.domain.installation import marks
from portal.server import backup
from portal.worker import wake

token = AppGroup("token", help="Client tokens of a partner.")
clocks = AppGroup("clock", help="The clock of a partner's test mode.")


def install(app: Flask) -> None:
    """Register the commands."""
    for command in (migrate, demo, verify_all, back_up, restore, token, user, clocks):
        app.cli.add_command(command)


@click.command("migrate")
@spoken
def migrate() -> None:
    """Bring the database to this release's schema."""
    applied = database.migrate()
    click.echo("\n".join(f"Applied {name}." for name in applied) or "Nothing to do.")


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print one object for scripts.")
@with_appcontext
@spoken
def demo(as_json: bool) -> None:
    """Load the demo world if the database is empty, and print how to enter it."""
    from portal.demo import world

    database.migrate()
    lines = entrance.lines(current_app.config["SETTINGS"])
    if as_json and not (world.is_here() and world.is_of_this_key(current_app.config["SETTINGS"])):
        raise click.ClickException(lines[0])
    click.echo(json.dumps(world.describe(current_app.config["SETTINGS"])) if as_json else "\n".join(lines).strip())


@click.command("verify")
@click.option("--log-digest", metavar="DIGEST", help="One of the event log's that was noted: it must still have it.")
@spoken
def verify_all(log_digest: str | None = None) -> None:
    """Prove the ledger, every cached figure, whose things point to whose, and the closed event log."""
    found = verify.faults()
    if log_digest and chain.number_of(log_digest) is None:
        found.append(
            f"The event log has no batch with the digest {log_digest}: it was rewritten, or it is another one."
        )
    for sentence in found:
        click.echo(sentence)
    if found:
        sys.exit(1)
    click.echo("Everything holds.")
    head = chain.head()
    if head:
        click.echo(
            f"The event log is closed up to {head.closed_at:%Y-%m-%d %H:%M} UTC, batch {head.number}: {head.digest}"
        )


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@spoken
def back_up(file: Path) -> None:
    """Write everything to one FILE, while the portal runs."""
    rows = backup.write(file)
    with suppress(*AWAY):  # The operator's board tells of it; the file is whole all the same.
        marks.backed_up(file.stat().st_size)
    click.echo(f"Rows in {file}: {rows:,}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@spoken
def restore(file: Path) -> None:
    """Fill an empty database from FILE (of either engine), then verify it."""
    click.echo(f"Rows restored: {backup.read(file):,}.")
    click.get_current_context().invoke(verify_all)


@token.command("create")
@click.argument("partner")
@click.option("--name", default="Made on the command line", show_default=True)
@click.option("--permit", "permits", multiple=True, type=click.Choice(list(PERMITS)), help="Default: every permit.")
@click.option("--with-companies", is_flag=True, help="Reach the partner's companies too.")
@click.option("--test", is_flag=True, help="For the partner's test mode.")
@click.option("--days", type=click.IntRange(1), help="Days until it expires. Default: never.")
@click.option("--limit", type=click.IntRange(1), help="Requests a minute. Default: the installation's.")
@spoken
def create_token(partner, name, permits, with_companies, test, days, limit) -> None:
    """Make a client token for PARTNER (its slug) and print its secret, this once."""
    owner = partner_of(partner, test)
    expires_at = clock.now() + timedelta(days=days) if days else None
    reach = WITH_COMPANIES if with_companies else SELF
    _, secret = tokens.make(owner, name, list(permits or PERMITS), reach=reach, rate_limit=limit, expires_at=expires_at)
    click.echo(secret)


@clocks.command("advance")
@click.argument("partner")
@click.argument("seconds", type=click.IntRange(1))
@click.option("--test", is_flag=True, help="PARTNER is the live one: take its test mode, made if need be.")
@spoken
def advance(partner: str, seconds: int, test: bool) -> None:
    """Put the clock of PARTNER, a test mode, SECONDS ahead; what becomes due is done by the worker."""
    twin = partner_of(partner, test)
    partners.advance_clock(twin, seconds)
    wake("deals")
    with clock.acting(Partner.get_by_id(twin.id).clock_offset):
        click.echo(f"For {twin.slug} it is now {clock.now():%Y-%m-%d %H:%M:%S} UTC.")
