"""Every setting: its name in the environment, its default, its meaning. Nothing else reads the environment."""

import os
import secrets
from dataclasses import dataclass, fields
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

_NOWHERE = {"localhost", "local", "invalid", "test"}  # top-level names that nobody can write to
_APPLE_PUSH = "https://api.push.apple.com"
_GOOGLE_WALLET, _GOOGLE_TOKENS = "https://walletobjects.googleapis.com", "https://oauth2.googleapis.com/token"
_DEMO_CEILING = 60_000  # requests a minute: enough to try a load against the demo


class BadSetting(SystemExit):
    """A setting that would be unsafe or cannot be understood; the sentence ends the start."""


@dataclass(frozen=True)
class Settings:
    """The settings of one installation."""

    database_url: str  # DATABASE_URL: sqlite:///path or postgresql://user:password@host/name
    data_dir: Path  # DATA_DIR: SQLite's file, the queue's file, the limiter's shared memory
    secret_key: str  # SECRET_KEY: signs cookies, encrypts kept keys; at least 32 characters
    public_url: str  # PUBLIC_URL: where people reach the portal, without a trailing slash
    demo: bool  # DEMO: 1 loads the demo world and says so on each page
    host: str  # HOST: the address to listen on
    port: int  # PORT: the port to listen on
    web_processes: int  # WEB_PROCESSES: gunicorn workers; 0 means one a core, at least two
    web_threads: int  # WEB_THREADS: threads in each; 0 means what suits the engine
    smtp_url: str  # SMTP_URL: smtp://user:password@host:587?starttls=1; empty keeps mail for the operator to read
    mail_from: str  # MAIL_FROM: the sender of mails
    push_contact: str  # PUSH_CONTACT: whom push services write to, mailto: or https://; MAIL_FROM unless given
    confirm_partners: bool  # CONFIRM_PARTNERS: 1 confirms partners at sign-up; 0 leaves it to the operator
    api_limit: int  # API_LIMIT: requests a minute that a token may make unless it carries a limit of its own
    api_ceiling: int  # API_CEILING: the most that a token's own limit may be; API_LIMIT where it is not given
    click_limit: int  # CLICK_LIMIT: clicks a minute that count of one address; its visitors are sent on all the same
    open_limit: int  # OPEN_LIMIT: requests a minute without a token, by address
    sign_in_limit: int  # SIGN_IN_LIMIT: tries to sign in, in ten minutes, by mail and (five times as many) by address
    unasked_mail_limit: int  # UNASKED_MAIL_LIMIT: invitations that go out in an hour, from everybody together
    trusted_proxies: int  # TRUSTED_PROXIES: how many proxies in front set X-Forwarded-For; 0 trusts none
    allow_private_addresses: bool  # ALLOW_PRIVATE_ADDRESSES: 1 lets webhooks and pictures reach the local network
    apple_push: str  # APPLE_PUSH: where Apple's phones are told of changes; another address is for trials
    google_wallet: str  # GOOGLE_WALLET: where Google's wallet is told of them, likewise
    google_tokens: str  # GOOGLE_TOKENS: where Google gives tokens for that, likewise
    event_days: int  # EVENT_DAYS: how long the event log is kept; at least 30 days
    time_zone: str  # TIME_ZONE: IANA name, where a partner has not chosen one
    log_level: str  # LOG_LEVEL: of the JSON log on standard error

    @property
    def is_https(self) -> bool:
        """Whether cookies are Secure, __Host- and browsers are told to stay on https."""
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded engine is in use."""
        return self.database_url.startswith("sqlite:")


def load(environ=None) -> Settings:
    """Settings from the environment. Ends the start with a sentence when one is missing or unsafe."""
    env = os.environ if environ is None else environ
    # A command that is given no secret is about the demo; serving without one is refused all the same (portal/server/start.py).
    demo = _flag(env, "DEMO", env.get("FLASK_RUN_FROM_CLI") == "true" and not env.get("SECRET_KEY"))
    data_dir = Path(env.get("DATA_DIR", "var")).absolute()
    port = _number(env, "PORT", 8000)
    host = env.get("HOST", "127.0.0.1")
    database_url = _text(env, "DATABASE_URL", f"sqlite:///{data_dir / 'portal.db'}")
    secret_key, public_url = _secret_key(env, demo, data_dir), _public_url(env, demo, host, port)
    mail_from = env.get("MAIL_FROM", "Partner portal <portal@localhost>")
    settings = Settings(
        database_url=database_url,
        data_dir=data_dir,
        secret_key=secret_key,
        public_url=public_url,
        demo=demo,
        host=host,
        port=port,
        web_processes=_number(env, "WEB_PROCESSES", 0) or max(2, os.cpu_count() or 2),
        web_threads=_number(env, "WEB_THREADS", 0) or (1 if database_url.startswith("sqlite:") else 2),
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=mail_from,
        push_contact=_push_contact(env, mail_from, public_url),
        confirm_partners=_flag(env, "CONFIRM_PARTNERS", True),
        api_limit=_number(env, "API_LIMIT", 6000),
        api_ceiling=_number(env, "API_CEILING", _number(env, "API_LIMIT", _DEMO_CEILING if demo else 6000)),
        click_limit=_number(env, "CLICK_LIMIT", 120),
        open_limit=_number(env, "OPEN_LIMIT", 1200),
        sign_in_limit=_number(env, "SIGN_IN_LIMIT", 10),
        unasked_mail_limit=_number(env, "UNASKED_MAIL_LIMIT", 200),
        trusted_proxies=_number(env, "TRUSTED_PROXIES", 0),
        allow_private_addresses=_flag(env, "ALLOW_PRIVATE_ADDRESSES", False),
        apple_push=_text(env, "APPLE_PUSH", _APPLE_PUSH),
        google_wallet=_text(env, "GOOGLE_WALLET", _GOOGLE_WALLET),
        google_tokens=_text(env, "GOOGLE_TOKENS", _GOOGLE_TOKENS),
        event_days=_number(env, "EVENT_DAYS", 400),
        time_zone=env.get("TIME_ZONE", "UTC"),
        log_level=env.get("LOG_LEVEL", "INFO"),
    )
    _refuse_what_is_unsafe(settings)
    return settings


def names() -> list[str]:
    """The settings as the environment spells them."""
    return [field.name.upper() for field in fields(Settings)]


def _refuse_what_is_unsafe(settings: Settings) -> None:
    if len(settings.secret_key) < 32:
        raise BadSetting("SECRET_KEY is shorter than 32 characters; make one with: openssl rand -base64 48")
    if not settings.database_url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")
    if settings.event_days < 30:
        raise BadSetting("EVENT_DAYS must be at least 30: what happened lately must be there to be looked up.")
    loopback = ("127.", "localhost", "::1", "[::1]")
    if not settings.is_https and not (urlsplit(settings.public_url).hostname or "").startswith(loopback):
        raise BadSetting(
            "PUBLIC_URL must be https:// unless it is this machine's own address; put a TLS proxy in front."
        )


def _secret_key(env, demo: bool, data_dir: Path) -> str:
    if env.get("SECRET_KEY"):
        return env["SECRET_KEY"]
    if not demo:
        raise BadSetting("SECRET_KEY is not set; make one with: openssl rand -base64 48")
    return kept_secret(data_dir / "demo-secret")


def kept_secret(path: Path) -> str:
    """A random secret that lives in a file, made at the first call; the demo's passwords and tokens derive from it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def _public_url(env, demo: bool, host: str, port: int) -> str:
    url = env.get("PUBLIC_URL", "")
    if not url and not demo:
        raise BadSetting(
            "PUBLIC_URL is not set; it is where people reach the portal, such as https://portal.example.com"
        )
    if not url:
        shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
        url = f"http://{shown}:{port}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting("PUBLIC_URL must be an absolute http(s) address.")
    return url.rstrip("/")


def _push_contact(env, mail_from: str, public_url: str) -> str:
    given = env.get("PUSH_CONTACT", "").strip()
    if given and not _can_be_written_to(given):
        raise BadSetting(
            "PUSH_CONTACT must be mailto: and an address, or an https:// address, on the internet: push services refuse what comes "
            "from localhost, .local, .invalid or .test."
        )
    mail = f"mailto:{parseaddr(mail_from)[1]}"
    return given or (mail if _can_be_written_to(mail) else public_url)


def _can_be_written_to(contact: str) -> bool:
    parts = urlsplit(contact)
    host = parts.path.rpartition("@")[2] if parts.scheme == "mailto" and "@" in parts.path[1:] else parts.hostname
    if parts.scheme not in ("mailto", "https") or not host or not contact.isascii() or not contact.isprintable():
        return False
    labels = host.lower().rstrip(".").split(".")
    return " " not in contact and len(labels) > 1 and all(labels) and labels[-1] not in _NOWHERE


def _text(env, name: str, default: str) -> str:
    return env.get(name) or default


def _flag(env, name: str, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    if value in ("", "1", "0", "true", "false", "yes", "no"):
        return default if not value else value in ("1", "true", "yes")
    raise BadSetting(f"{name} must be 1 or 0.")


def _number(env, name: str, default: int) -> int:
    value = env.get(name, "").strip() or str(default)
    if not value.isdigit():
        raise BadSetting(f"{name} must be a whole number, zero or more.")
    return int(value)
