"""Rate limits shared by every process of this machine: a small file in shared memory, no database on the hot path.

GCRA (ITU-T I.371): a caller is one number, the moment at which its bucket would be full again. Exact under any race,
because the look and the write happen under one short lock.
"""

import fcntl
import logging
import math
import mmap
import os
import struct
import threading
import time
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from pathlib import Path

from portal import private_files

_NEIGHBOURS = 8
_SLOT = struct.Struct("<QQ")
_logger = logging.getLogger("portal.limits")


@dataclass(frozen=True, slots=True)
class Policy:
    """At most `most` in `window` seconds, for one name."""

    name: str
    most: int
    window: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may pass, how many more may, and in how many seconds the bucket is whole again (or one may pass). `moment` is
    what it was counted at, microseconds."""

    policy: Policy
    allowed: bool
    remaining: int
    seconds: int
    moment: int = 0

    def headers(self) -> list[tuple[str, str]]:
        """`RateLimit` and `RateLimit-Policy` (IETF draft-ietf-httpapi-ratelimit-headers), and Retry-After when refused."""
        policy = self.policy
        headers = [
            ("RateLimit-Policy", f'"{policy.name}";q={policy.most};w={policy.window}'),
            ("RateLimit", f'"{policy.name}";r={self.remaining};t={self.seconds}'),
        ]
        return headers if self.allowed else [*headers, ("Retry-After", str(self.seconds))]


class Limiter:
    """The shared table. A caller that has been quiet for its window is forgotten, so the table does not fill.

    A slot begins with its caller and the moment from which that one may be forgotten."""

    slots = 1 << 16
    slot_size = _SLOT.size

    def __init__(self, path: Path, secret: str = ""):
        private_files.folder(path.parent)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._table = _mapped(self._file, path, self.slots * self.slot_size)
        self._threads = threading.Lock()
        self._process = os.getpid()
        self._path, self._secret = path, secret
        self._key = blake2b(secret.encode()).digest()  # Nobody can look for names that share somebody's slots.

    def take(self, caller: str, policy: Policy) -> Verdict:
        """Count one request of the caller against the policy."""
        return self._locked(caller, policy, self._count)

    def give_back(self, caller: str, policy: Policy) -> None:
        """Uncount one request: a try that turned out to be no guess, such as a sign-in that succeeded."""
        self._locked(caller, policy, self._uncount)

    def _locked(self, caller: str, policy: Policy, act):
        if self._process != os.getpid():
            Limiter.__init__(
                self, self._path, self._secret
            )  # A lock on a descriptor that was inherited by fork would be shared.
        key = (
            int.from_bytes(blake2b(f"{policy.name}:{caller}".encode(), digest_size=8, key=self._key).digest(), "little")
            | 1
        )
        with self._threads:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                return act(key, policy, time.time_ns() // 1000)
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _count(self, key: int, policy: Policy, now: int) -> Verdict:
        offset, full_at = self._find(key, now)
        window = policy.window * 1_000_000
        step = window / policy.most
        then = max(full_at, now) + step
        if then - now > window + 1:
            return Verdict(policy, False, 0, max(1, math.ceil((then - now - window) / 1e6)))
        _SLOT.pack_into(self._table, offset, key, math.ceil(then))
        return Verdict(policy, True, int((window - (then - now)) / step), math.ceil((then - now) / 1e6))

    def _uncount(self, key: int, policy: Policy, now: int) -> None:
        offset, full_at = self._find(key, now)
        step = policy.window * 1_000_000 / policy.most
        _SLOT.pack_into(self._table, offset, key, max(0, int(full_at - step)))

    def _find(self, key: int, now: int) -> tuple[int, int]:
        """The caller's slot, or the best one to give it: a quiet neighbour, else the one that is quiet soonest."""
        quietest = (1 << 63, 0)
        for step in range(_NEIGHBOURS):
            offset = ((key >> 1) + step) % self.slots * self.slot_size
            owner, full_at = _SLOT.unpack_from(self._table, offset)
            if owner == key:
                return offset, full_at
            quietest = min(quietest, (full_at, offset))
        return quietest[1], 0


def network(address: str | None) -> str:
    """Whoever is counted by address: an IPv6 address stands for its /64, of which one household has every address."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return address or ""
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((parsed.packed[:8] + bytes(8), 64)))


def _mapped(file: int, path: Path, size: int) -> mmap.mmap:
    """The table in shared memory; its room is taken now, for on a full disk a later first touch would kill the process."""
    try:
        os.posix_fallocate(file, 0, size)
    except OSError as error:
        _logger.error(
            "no room for %s (%s): until a restart each process counts requests by itself", path, error.strerror
        )
        return mmap.mmap(-1, size)
    return mmap.mmap(file, size)
