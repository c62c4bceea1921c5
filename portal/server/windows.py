"""Limits that hold in any window: of `most` in a minute no other minute has more, wherever it begins.

The buckets of `limits` fill up again while they are emptied, so that a caller gets nearly twice as many in its first window. Here the
moment of each that counts is kept: of few callers, who guess, and with few moments.
"""

import math
import struct

from portal.server.limits import Limiter, Policy, Verdict

MOST = 60  # moments that a slot has room for
_SLOT = struct.Struct(f"<Q{MOST}Q")


class Windows(Limiter):
    """A table of the same kind, for policies of at most `MOST`. A slot has its caller's moments, microseconds, the latest first."""

    slots = 1 << 13
    slot_size = _SLOT.size

    def give_back(self, caller: str, policy: Policy, moment: int = 0) -> None:
        """Uncount the one of this moment, as its verdict has it: it turned out to be no guess."""

        def remove(key: int, policy: Policy, now: int) -> None:
            offset, counted = self._counted(key, policy, now)
            if moment in counted:
                counted.remove(moment)
                self._write(offset, key, counted)

        self._locked(caller, policy, remove)

    def _count(self, key: int, policy: Policy, now: int) -> Verdict:
        offset, counted = self._counted(key, policy, now)
        window = policy.window * 1_000_000
        if len(counted) >= policy.most:
            seconds = math.ceil((counted[policy.most - 1] + window - now) / 1e6)
            return Verdict(policy, False, 0, max(1, seconds))
        self._write(offset, key, sorted((now, *counted), reverse=True))  # A clock may be set back.
        return Verdict(policy, True, policy.most - len(counted) - 1, policy.window, now)

    def _counted(self, key: int, policy: Policy, now: int) -> tuple[int, list[int]]:
        """The caller's slot, and its moments that lie in the window which ends now."""
        offset, _ = self._find(key, now)
        owner, *moments = _SLOT.unpack_from(self._table, offset)
        since = now - policy.window * 1_000_000
        return offset, [moment for moment in moments if moment > since] if owner == key else []

    def _write(self, offset: int, key: int, moments: list[int]) -> None:
        _SLOT.pack_into(self._table, offset, key, *moments, *[0] * (MOST - len(moments)))
