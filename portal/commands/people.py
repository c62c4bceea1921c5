"""The operator's commands about people: `flask --app portal user …`."""

import sys

import click
from flask.cli import AppGroup

from portal.commands.spoken import partner_of, spoken
from portal.domain.accounts.people import details as person_details
from portal.domain.accounts.people import disabling, people
from portal.domain.accounts.people import lists as people_queries
from portal.domain.accounts.roles import ROLES
from portal.domain.accounts.sign_ins import password_resets, second_factor
from portal.domain.accounts.tables import User
from portal.domain.accounts.team import team

user = AppGroup("user", help="People who sign in.")


@user.command("create")
@click.argument("mail")
@click.option("--name", required=True)
@click.option("--operator", is_flag=True, help="Runs the installation.")
@click.option("--partner", help="The slug of the partner to work for.")
@click.option("--role", type=click.Choice(list(ROLES)), default="owner", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@spoken
def create_user(mail, name, operator, partner, role, password_stdin) -> None:
    """Add a person with this MAIL address: an operator, or with a role at a partner."""
    if operator == bool(partner):
        raise click.UsageError("Say either --operator or --partner SLUG.")
    home = partner_of(partner) if partner else None
    team.refuse_known(mail)
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    if home:
        team.enrol(mail, name, password, home, role)
    else:
        people.first_operator(mail, name, password)
    click.echo(f"{mail} can sign in.")


@user.command("list")
@click.argument("search", default="")
@spoken
def list_users(search) -> None:
    """Show everybody, or those whose mail address or name has the text SEARCH."""
    before = None
    while True:
        found = people_queries.page(search.strip(), before=before)
        roles = people_queries.roles_of(found.rows)
        for person in found.rows:
            click.echo(_line(person, roles.get(person.id, [])))
        if found.older_than is None:
            break
        before = found.older_than


@user.command("reset-password")
@click.argument("mail")
@spoken
def reset_password(mail) -> None:
    """Print a link that sets a new password for MAIL within an hour. Their second factor stays."""
    click.echo(password_resets.link_for(_person(mail)))


@user.command("reset-second-factor")
@click.argument("mail")
@spoken
def reset_second_factor(mail) -> None:
    """Remove the second factor of MAIL, who lost app and recovery codes. Ends their sign-ins, and tells them by mail."""
    removed = second_factor.remove(_person(mail))
    click.echo(f"{mail} signs in with the password alone." if removed else f"{mail} has no second factor.")


@user.command("change-mail")
@click.argument("mail")
@click.argument("new")
@spoken
def change_mail(mail, new) -> None:
    """Give MAIL the address NEW to sign in with. Both addresses are told; make sure that NEW is theirs."""
    person_details.change_mail(_person(mail), new)
    click.echo(f"{people.normal_mail(new)} signs in with the password of {people.normal_mail(mail)}.")


@user.command("disable")
@click.argument("mail")
@spoken
def disable(mail) -> None:
    """Sign MAIL out everywhere, and keep them out."""
    disabling.disable(_person(mail))
    click.echo(f"{mail} is signed out everywhere and cannot sign in.")


@user.command("enable")
@click.argument("mail")
@spoken
def enable(mail) -> None:
    """Let MAIL sign in again."""
    disabling.enable(_person(mail))
    click.echo(f"{mail} can sign in again.")


def _line(person: people_queries.Listed, roles: list[people_queries.Role]) -> str:
    marks = (
        ("operator", person.is_operator),
        ("second factor", person.has_second_factor),
        ("disabled", person.is_disabled),
    )
    works_for = ", ".join(f"{one.slug} ({one.role})" for one in roles) or "no partner"
    return "\t".join((person.mail, person.name, works_for, ", ".join(word for word, is_so in marks if is_so)))


def _person(mail: str) -> User:
    found = User.get_or_none(User.mail == people.normal_mail(mail))
    if found is None:
        raise click.ClickException(f"Nobody has the mail address {people.normal_mail(mail)}. See: user list")
    return found
