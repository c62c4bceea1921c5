"""Bodies as browsers send forms, where a documented standard asks for them (RFC 6749, RFC 7009)."""

from urllib.parse import parse_qsl

from portal.api import codes, strict_json
from portal.api.errors import ApiError

MEDIA_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100
_BEGINS = (b"{", b"[", b'"')  # of JSON; no field's name does


def is_form(body: bytes, media_type: str) -> bool:
    """Whether a body, where one may come, is a form: what is written says so, and not the type. `curl -d` sends everything as a
    form, and others send forms as plain text, or as nothing."""
    return media_type != "application/json" and not body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_BEGINS)


def parse(body: bytes) -> dict[str, str]:
    """The fields by name. Raises ApiError 400 for a name that comes twice, and for what is no text."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise ApiError(codes.REQUEST_UNREADABLE, "The body is no form in UTF-8. Encode each field.") from None
    given = dict(pairs)
    if len(given) != len(pairs):
        raise ApiError(codes.JSON_KEY_TWICE, "The body names the same key twice.")
    for text in (*given, *given.values()):
        strict_json.refuse_text(text)
    return given
