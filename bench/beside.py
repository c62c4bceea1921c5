"""What the web is slower by while the worker sends a push to many cards, and how much memory the worker takes for it."""

import itertools
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench import affiliate, cards, open_loop, servers
from bench.load import Sample, load
from bench.world import World
from portal import clock
from portal.config import Settings
from portal.database import transaction
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.tables import Push, PushSubscription
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.members.tables import Member
from portal.domain.totals import totals

SHARE, MOST = 0.3, 1.2  # of what the web can do; as many times as long its p95 may be
_LONGEST_SECONDS = 300.0
_PIECE = 500


@dataclass
class Beside:
    """The web's p95 in milliseconds while the worker rests, before and after, and while it sends; its memory in megabytes."""

    recipients: int
    rate: float
    calm: float
    busy: float
    seconds: float
    sent: int
    memory_first: float
    memory_most: float
    errors: int
    first_error: str

    @property
    def ratio(self) -> float:
        """How many times as long as in calm."""
        return self.busy / self.calm if self.calm else 0.0

    def __str__(self) -> str:
        mark = "reached" if self.ratio <= MOST and self.sent == self.recipients else "MISSED"
        return (
            f"{self.recipients:,} recipients beside {self.rate:,.0f} requests/s ({SHARE:.0%} of what the web can do): p95 "
            f"{self.calm:.1f} → {self.busy:.1f} ms, ratio {self.ratio:.3f}, at most {MOST:.2f}: {mark}; {self.sent:,} sent in "
            f"{self.seconds:.0f} s; the worker took {self.memory_first:.0f} MB, at most {self.memory_most:.0f} MB; "
            f"errors {self.errors} {self.first_error}"
        )


def measured(
    world: World, settings: Settings, environ: dict[str, str], folder: Path, recipients: int, seconds: float
) -> Beside:
    """Measure it on a portal that serves; the database of this process is the portal's. Calm is five times so many seconds, before
    and after."""
    port, calm_seconds = servers.free_port(), 5 * seconds
    template = _installed(port, recipients)
    environ = {**environ, "ALLOW_PRIVATE_ADDRESSES": "1"}
    asks = _asks(world)
    with (
        servers.module(["bench.push_service", str(port)], {}, folder / "push_service.log"),
        servers.module(["portal.worker"], environ, folder / "worker.log") as worker,
    ):
        load(settings.port, asks, seconds)
        rate = load(settings.port, asks, 2 * seconds).rate * SHARE
        before = open_loop.load(settings.port, asks, rate, lambda passed: passed >= calm_seconds)
        memory = [_memory(worker.pid)]
        push = _sent(world, settings.port, template.id)

        def is_over(passed: float) -> bool:
            memory.append(_memory(worker.pid))
            return passed >= _LONGEST_SECONDS or Push.get(Push.uuid == push).state not in ("scheduled", "sending")

        busy = open_loop.load(settings.port, asks, rate, is_over)
        after = open_loop.load(settings.port, asks, rate, lambda passed: passed >= calm_seconds)
    samples = (before, busy, after)
    calm = Sample(latencies=before.latencies + after.latencies)
    return Beside(
        recipients, rate, _p95(calm), _p95(busy), busy.seconds, Push.get(Push.uuid == push).sent, memory[0], max(memory),
        sum(one.errors for one in samples), next((one.first_error for one in samples if one.errors), ""),
    )  # fmt: skip


def _asks(world: World):
    """A page and a card by JSON, in turn."""
    return itertools.chain.from_iterable(zip(affiliate.deal_page(world), cards.one(world), strict=False))


def _p95(sample: Sample) -> float:
    latencies = sorted(sample.latencies)
    return latencies[int(len(latencies) * 0.95)] * 1000 if latencies else 0.0


def _memory(pid: int) -> float:
    """What a process holds, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _sent(world: World, port: int, template: int) -> str:
    """Have the push sent as a program would; its id."""
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {world.token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v2/pushes", json.dumps({"message": "Bench", "templateId": template}), headers)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer["data"]["id"]


def _installed(port: int, recipients: int) -> CardTemplate:
    """A template whose cards are installed, each of a customer with a browser at the push service."""
    partner = Partner.get(Partner.name == "Bench Shop")
    template = CardTemplate.create(
        partner=partner, name="Bench pushes", kind=0, mechanics="stamps", currency="EUR", stamps_total=10
    )
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    key = _letters(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    for first in range(0, recipients, _PIECE):
        with transaction():
            for number in range(first, min(first + _PIECE, recipients)):
                _holder(template, number, f"http://127.0.0.1:{port}/{number}", key)
    return template


def _holder(template: CardTemplate, number: int, endpoint: str, key: str) -> None:
    member = Member.create(partner=template.partner_id, first_name="Holder", surname=str(number), has_card=True)
    totals.add(template.partner_id, "customers", member.id)
    digits, now = f"{200_000_000_000 + number}", clock.now()
    card = Card.create(
        serial=f"{digits[:6]}-{digits[6:9]}-{digits[9:]}", partner=template.partner_id, template=template, member=member,
        share_key=digits, installed_at=now, device="pwa",
    )  # fmt: skip
    for kind in ("cards", "installed"):
        totals.add(template.partner_id, kind, card.id, within=template.id)
    PushSubscription.create(
        partner=template.partner_id, member=member, endpoint=endpoint, digest=f"{number:064x}", p256dh=key,
        auth=_letters(bytes(16)), server_key="bench",
    )  # fmt: skip


def _letters(of: bytes) -> str:
    return urlsafe_b64encode(of).decode().rstrip("=")
