"""The counter without a connection: a page of it that has nothing of anybody's, and the script that keeps it on the phone."""

import json

from flask import Response, render_template

from portal.domain.sentences import say
from portal.web import assets

# What can be asked for without knowing the card: that its type takes it is seen when it is sent.
OFFERED = (
    ("add-stamp", say("Add stamps")), ("add-visit", say("Add visits")), ("add-amount", say("Add a purchase")),
    ("add-scores", say("Add scores")), ("add-point", say("Add points or money")), ("subtract-visit", say("Use visits")),
    ("subtract-point", say("Take points or money off")), ("subtract-scores", say("Take scores away")),
    ("subtract-reward", say("Hand out rewards")), ("redeem-coupon", say("Redeem the coupon")),
    ("subtract-stamp", say("Take stamps away")), ("subtract-amount", say("Take a purchase back")),
)  # fmt: skip
_WORKER = "js/counter_worker.js"


def shell() -> str:
    """The page that opens without a connection."""
    return render_template("cards/counter/offline.html", offered=OFFERED)


def worker() -> Response:
    """The script that answers for the network while there is none, for the counter's addresses alone."""
    names = (assets.JOINED.keys() & {"counter.css"}) | {assets.script("counter"), "js/theme.js", "img/mark.svg"}
    files = [assets.asset(name) for name in sorted({*names, assets.HTMX, assets.SPRITE})]
    script = f"const FILES = {json.dumps(files)};\n{(assets.STATIC / _WORKER).read_text()}"
    answer = Response(script, mimetype="text/javascript")
    answer.headers.update({"Service-Worker-Allowed": "/counter", "Cache-Control": "no-cache"})
    return answer
