"""The six steps of the affiliate guide as requests to paste, in Python and for a shell, with the partner's own things in them
(contract: affiliate, `seeds/affiliate.txt`, "Guide for Integration"). What one step makes, the next ones use."""

import json
import shlex
from decimal import Decimal
from typing import NamedTuple

from portal.domain.affiliate.trials.ground import Ground

_PUT = "0catalog0"  # where the shell puts the catalog's id into a body
_SAMPLE = Ground("", "super_catalog", "SuperCatalog", "Basic course", Decimal(100), "USD", None)
_LINK = "https://shop.example/?myshare=…&click=…"


class Code(NamedTuple):
    """The same in Python and for a shell."""

    python: str
    shell: str


def begins(api: str, token: str) -> Code:
    """What all steps stand on: the address and the token."""
    return Code(
        f"import requests\n\nAPI = {_text(api)}\n"
        f'HEADERS = {{"Accept": "application/json", "Authorization": {_text(token)}}}',
        f"API={shlex.quote(api)}\nTOKEN={shlex.quote(token)}",
    )


def steps(ground: Ground | None) -> list[Code]:
    """The six steps: on what stands in test mode, which is read, or on what they make there themselves."""
    there = ground or _SAMPLE
    first = [_reads(ground)] if ground else [_makes_a_catalog(there)]
    return [*first, _offer(ground, there), _landing(), _publishes(), _deal(there), _asks(there)]


def _makes_a_catalog(there: Ground) -> Code:
    body = {"title": there.title, "catalog_code": there.code, "reward_percent": 10}
    return Code(
        _python("post", "/catalog/", body) + '\nCATALOG = r.json()["id"]',
        f"CATALOG=$({_shell('POST', '/catalog/', body)} | tee /dev/stderr"
        " | python3 -c 'import json, sys; print(json.load(sys.stdin)[\"id\"])')",
    )


def _reads(ground: Ground) -> Code:
    return Code(
        f"CATALOG = {_text(ground.uuid)}\n" + _python("get", "/catalog/{CATALOG}/"),
        f"CATALOG={ground.uuid}\n" + _shell("GET", "/catalog/$CATALOG/"),
    )


def _offer(ground: Ground | None, there: Ground) -> Code:
    if ground:
        return Code(_python("get", "/offer/?catalog_id={CATALOG}"), _shell("GET", "/offer/?catalog_id=$CATALOG"))
    price = {"cost": there.cost, "currency": there.currency}
    return _both("post", "/offer/", {"name": there.offer, "catalog_id": _PUT, "prices": [price]})


def _landing() -> Code:
    return _both("post", "/landing/", {"catalog_id": _PUT, "url": "https://shop.example/"})


def _publishes() -> Code:
    return _both("patch", "/catalog/{CATALOG}/", {"is_published": True})


def _deal(there: Ground) -> Code:
    """Reported when it is ordered, and moved when it is paid. Sent again, they change nothing."""
    body = {
        "deal_id": "order-1001", "catalog_code": there.code, "offer": there.offer, "cost": there.cost,
        "currency": there.currency, "status": "Created",
    } | ({"another_data": f"myshare={there.uid}"} if there.uid else {})  # fmt: skip
    made, paid = _both("post", "/deal/", body), _both("patch", "/deal/order-1001/", {"status": "Paid"})
    return Code(f"{made.python}\n\n{paid.python}", f"{made.shell}\n\n{paid.shell}")


def _asks(there: Ground) -> Code:
    """Whom the customer came from: asked by the uid, or taken from the address that the customer arrived at."""
    if there.uid:
        path = f"/promo/check_uuid/?code={there.uid}"
        return Code(_python("get", path), _shell("GET", path))
    return Code(
        f'from urllib.parse import urlsplit\n\narrived_at = "{_LINK}"\nprint({{"another_data": urlsplit(arrived_at).query}})',
        f"ARRIVED_AT='{_LINK}'\necho \"another_data: ${{ARRIVED_AT#*\\?}}\"",
    )


def _both(method: str, path: str, body: dict) -> Code:
    return Code(_python(method, path, body), _shell(method.upper(), path.replace("{CATALOG}", "$CATALOG"), body))


def _python(method: str, path: str, body: dict | None = None) -> str:
    sent = f", json={_literal(body)}" if body else ""
    return f'r = requests.{method}(f"{{API}}{path}", headers=HEADERS{sent})\nprint(r.status_code, r.json())'


def _literal(body: dict) -> str:
    lines = [f"    {_text(name)}: {'CATALOG' if value == _PUT else _value(value)}," for name, value in body.items()]
    return "\n".join(["{", *lines, "}"])


def _value(value) -> str:
    """As both JSON and Python write it, the two truths apart."""
    return str(value) if isinstance(value, bool) else _json(value)


def _shell(method: str, path: str, body: dict | None = None) -> str:
    asked = f'curl -sS -X {method} "$API{path}" \\\n  -H "Authorization: $TOKEN"'
    if not body:
        return asked
    written = shlex.quote(_json(body)).replace(_PUT, "'\"$CATALOG\"'")
    return f"{asked} \\\n  -H 'Content-Type: application/json' \\\n  -d {written}"


def _json(value) -> str:
    """Sums as they are written: 29.00, and no other way."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(name)}: {_json(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _text(text: str) -> str:
    """A text between quotation marks; Python reads JSON's as its own."""
    return json.dumps(text, ensure_ascii=False)
