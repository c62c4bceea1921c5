"""Cookies: one signed cookie that names a sign-in row; none on the API and promoters' links, which never read it."""

from flask.json.tag import JSONTag, TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from portal.config import Settings
from portal.domain.sentences import Sentence, packed, unpacked

DOCS_PATH = "/api/docs"  # a page for people, under the API's address
_AUTHORIZE = "/members/oauth/authorize"  # where an app sends a member's browser
_WITHOUT = ("/api/", "/go/")


def is_for_programs(path: str) -> bool:
    """Whether an address is the API's or a link's, which read no cookie."""
    return path.startswith(_WITHOUT) and path != DOCS_PATH and not path.endswith(_AUTHORIZE)


class NoSession(SecureCookieSession):
    """What the API and links have instead of a session: nothing that is ever read from or written to a cookie."""


class _SentenceTag(JSONTag):
    """What is said after an action is kept as a sentence: the page that shows it may speak another language."""

    __slots__ = ()
    key = " sentence"

    def check(self, value) -> bool:
        return isinstance(value, Sentence)

    def to_json(self, value) -> list:
        return self.serializer.tag(packed(value))

    def to_python(self, value) -> Sentence:
        return unpacked(*value)


def _serializer() -> TaggedJSONSerializer:
    made = TaggedJSONSerializer()
    made.register(_SentenceTag, index=0)  # Before the one of markup, which takes whatever a page can show.
    return made


class PageSessions(SecureCookieSessionInterface):
    """Flask's signed cookie for pages; under /api and /go there is no session to read, write or vary by."""

    serializer = _serializer()

    _signing = None

    def get_signing_serializer(self, app):
        """Flask's, which makes it anew for each page, of a secret that stays the same."""
        self._signing = self._signing or super().get_signing_serializer(app)
        return self._signing

    def open_session(self, app, request):
        if is_for_programs(request.path):
            return NoSession()
        return super().open_session(app, request)

    def save_session(self, app, session, response):
        if not isinstance(session, NoSession):
            super().save_session(app, session, response)

    def should_set_cookie(self, app, session):
        return session.modified


def flask_settings(settings: Settings) -> dict:
    """Flask's configuration for these settings."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-portal" if settings.is_https else "portal",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "WTF_CSRF_CHECK_DEFAULT": False,  # The guard of page routes checks; the API has no cookie to protect.
        "WTF_CSRF_TIME_LIMIT": None,  # A token lives as long as its session; a form left open overnight still sends.
        "WTF_CSRF_SSL_STRICT": False,  # SameSite cookies and the token suffice; a proxy may strip the Referer.
        "MAX_CONTENT_LENGTH": 8 << 20,
        "MAX_FORM_MEMORY_SIZE": 2 << 20,
    }
