"""What an offer is by the contract, in plain words: who used it when, and what is left; without a database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
SECOND = 1_000_000


def period_of(timespan: str, moment: int) -> tuple:
    """What clocks in Berlin show of the period that a moment is in; an hour that is shown twice is told by its distance from UTC."""
    local = datetime.fromtimestamp(moment // SECOND, UTC).astimezone(ZONE)
    if timespan in ("MINUTE", "HOUR"):
        shown = f"{local:%Y-%m-%d %H:%M}" if timespan == "MINUTE" else f"{local:%Y-%m-%d %H}"
        return shown, local.utcoffset()
    if timespan == "WEEK":
        return tuple(local.isocalendar()[:2])
    return tuple(f"{local:%Y %m %d}".split()[: {"YEAR": 1, "MONTH": 2, "DAY": 3}[timespan]])


@dataclass
class Use:
    """A use; how long it is active was decided when it was made."""

    member: int
    at: int
    until: int
    is_undone: bool = False


@dataclass
class Offer:
    """An offer's terms, and its uses."""

    limits: dict  # member_limit, period, period_limit, global_limit
    active_seconds: int = 0
    is_exclusive: bool = False
    needs_code: bool = False
    is_informational: bool = False
    is_shown: bool = True
    ends_at: int | None = None
    uses: list[Use] = field(default_factory=list)
    grants: dict[int, int | None] = field(default_factory=dict)
    codes: dict[str, tuple[int, int]] = field(default_factory=dict)  # whose, and until when

    def live(self, member: int | None = None) -> list[Use]:
        return [use for use in self.uses if not use.is_undone and member in (None, use.member)]

    def in_period(self, member: int, now: int) -> int:
        timespan = self.limits.get("period")
        if timespan is None:
            return 0
        return sum(period_of(timespan, use.at) == period_of(timespan, now) for use in self.live(member))

    def uses_left(self, member: int) -> int | None:
        lefts = [
            limit - len(used)
            for limit, used in (
                (self.limits.get("member_limit"), self.live(member)),
                (self.limits.get("global_limit"), self.live()),
            )
            if limit is not None
        ]
        return max(0, min(lefts)) if lefts else None

    def refusal(self, member: int, now: int, code: str | None) -> str | None:
        """The documented word, or None where a use succeeds."""
        mine, limits = self.live(member), self.limits
        granted = self.grants.get(member, 0)
        known = self.codes.get(code or "")
        failing = (
            ("Already active", bool(mine) and mine[-1].until > now),
            ("Not granted", self.is_exclusive and granted is not None and granted <= now),
            ("Usage authorization token missing", self.needs_code and code is None),
            ("Usage authorization token invalid", self.needs_code and (known is None or known[0] != member or known[1] <= now)),
            ("User limit exceeded", limits.get("member_limit") is not None and len(mine) >= limits["member_limit"]),
            ("Periodic user limit exceeded", limits.get("period") is not None and self.in_period(member, now) >= limits["period_limit"]),
            ("Global limit exceeded", limits.get("global_limit") is not None and len(self.live()) >= limits["global_limit"]),
            ("Not in usable timeframes", self.ends_at is not None and now >= self.ends_at),
            ("Not usable", self.is_informational),
        )  # fmt: skip
        return next((word for word, fails in failing if fails), None)
