"""A browser without a screen: it keeps its cookie and sends the form's token, so that every POST is a real one."""

import secrets

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer


class Visitor:
    """Flask's test client, signed in, whose unsafe requests carry the CSRF token as the page's form does."""

    def __init__(self, app: Flask, key: str | None):
        self.app = app
        self.client: FlaskClient = app.test_client()
        raw = secrets.token_hex(20)
        self.csrf_token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)
        with self.client.session_transaction(base_url=app.config["SETTINGS"].public_url) as session:
            session["csrf_token"] = raw
            if key:
                session.update(_user_id=key, _fresh=True)

    def get(self, path: str, **more):
        """A page; `htmx=True` asks for the fragment, as htmx does."""
        return self.client.get(path, headers=self._headers(more), base_url=self._base(), **more)

    def post(self, path: str, data: dict | None = None, **more):
        """Send a form with its token. Where the answer is kept under an address of its own, go on to it as browsers do."""
        return self.post_without_token(path, {"csrf_token": self.csrf_token, **(data or {})}, **more)

    def post_without_token(self, path: str, data: dict | None = None, **more):
        """Send a form as another site would."""
        headers = self._headers(more)
        answer = self.client.post(path, data=data or {}, headers=headers, base_url=self._base(), **more)
        is_kept = answer.status_code == 303 and "kept=" in answer.location
        return self.get(answer.location) if is_kept else answer

    def _headers(self, more: dict) -> dict:
        headers = dict(more.pop("headers", {}))
        return {"HX-Request": "true", **headers} if more.pop("htmx", False) else headers

    def _base(self) -> str:
        return self.app.config["SETTINGS"].public_url


def cookie_of(app: Flask, key: str) -> tuple[str, str]:
    """Name and value of the session cookie of a sign-in, for requests and browsers that reach the real server."""
    value = app.session_interface.get_signing_serializer(app).dumps({"_user_id": key, "_fresh": True})
    return app.config["SESSION_COOKIE_NAME"], value
