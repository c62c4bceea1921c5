"""What every command of the operator's has in common: whom it acts as, and how it says what went wrong."""

from functools import wraps

import click
from peewee import ProgrammingError

from portal import clock, database
from portal.database import LOST, Busy
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.typed.texts import plain


def spoken(command):
    """A command that acts as the system on the wall's clock, and whose refusals are sentences."""

    @wraps(command)
    def run(*arguments, **options):
        clock.use(0)
        log.acting_as(log.SYSTEM)
        try:
            return command(*arguments, **options)
        except (DomainError, Busy) as error:
            raise click.ClickException(error.sentence) from None
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'The file'}: {error.strerror or error}.") from None
        except (ProgrammingError, *LOST) as error:
            raise click.ClickException(_why(error)) from None

    return run


def _why(error: Exception) -> str:
    if database.pending_migrations():
        return "The database waits for migrations. Run: flask --app portal migrate"
    return f"The database cannot be used: {str(error).splitlines()[0]}."


def partner_of(slug: str, test: bool = False) -> Partner:
    """The partner of this slug, or its test mode. Ends the command when there is none."""
    found = Partner.get_or_none(Partner.slug == plain(slug).lower())
    if found is None:
        raise click.ClickException(f"There is no partner with the slug “{slug}”.")
    return partners.twin_of(found) if test else found
