"""What a feed shows by the contract, in plain words: which offers are live, in which catalog; without a database."""

from dataclasses import dataclass

SECOND = 1_000_000


@dataclass
class Listed:
    """An offer, and how it is listed; moments in microseconds."""

    catalog: int
    name: str
    is_listed: bool = False
    is_active: bool = True
    title: str | None = None
    starts_at: int | None = None
    ends_at: int | None = None

    def is_live(self, now: int, published: list[bool]) -> bool:
        """Whether programs see it at the moment."""
        has_begun = self.starts_at is None or self.starts_at <= now
        is_over = self.ends_at is not None and self.ends_at <= now
        return self.is_listed and self.is_active and published[self.catalog] and has_begun and not is_over

    @property
    def shown(self) -> str:
        """What it is called."""
        return self.title or self.name
