"""What is checked before anything serves: a start that would be unsafe ends with a sentence."""

from portal import database
from portal.config import BadSetting, Settings
from portal.database import LOST
from portal.delivery.smtp_settings import parse_smtp_url
from portal.domain.accounts.tables import InstallationFact

DEMO_FACT = "demo"


def refuse_unsafe(settings: Settings, migrates: bool = False) -> None:
    """End the start when the database could lose answered writes, is behind the code (unless the caller `migrates` it
    next), or holds the demo world and this is no demo.

    Leaves no connection behind, so that it may be called before processes are forked.
    """
    _refuse_mail_server(settings)
    database.connect(settings)
    try:
        database.refuse_unsafe_engine()
        if not migrates and database.pending_migrations():
            raise BadSetting("The database waits for migrations. Run: .venv/bin/flask --app portal migrate")
        if not settings.demo and holds_demo():
            raise BadSetting(
                "This database holds the demo world, whose passwords are no secret. "
                "Set DATABASE_URL (or DATA_DIR) to an empty one, or DEMO=1 to look at the demo."
            )
    except LOST as error:
        raise BadSetting(f"The database cannot be reached: {_first_line(error)}") from None
    finally:
        database.drop_connection()


def holds_demo() -> bool:
    """Whether the demo world was loaded into the connected database."""
    if not database.database.table_exists("installation_fact"):
        return False
    return InstallationFact.get_or_none(InstallationFact.name == DEMO_FACT) is not None


def log_config(level: str) -> dict:
    """The web server's own log, as JSON lines like the portal's. At DEBUG it would write every path, and what came of a head."""
    its_level = "INFO" if level in ("DEBUG", "NOTSET") else level
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "portal.server.observed.JsonLines"}},
        "filters": {"requests": {"()": "portal.server.observed.OfTheWebServer"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"level": its_level, "filters": ["requests"], "handlers": ["stderr"], "propagate": False},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }


def _refuse_mail_server(settings: Settings) -> None:
    try:
        if settings.smtp_url:
            parse_smtp_url(settings.smtp_url, sender=settings.mail_from)
    except ValueError as error:
        raise BadSetting(str(error)) from None


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
