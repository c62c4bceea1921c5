"""Who the customers are by the contract, and what a file would do to them, in plain words and without a database."""

from dataclasses import dataclass, field

from tests.properties.cards.model import Booked, Card

KNOWN_BY = ("phone", "mail", "external_user_id")
PERSON = ("first_name", "surname", *KNOWN_BY)
BAD, NEW, CHANGED, SAME, DONE, FAILED, UNDONE, STAYED = (
    "bad", "new", "changed", "same", "done", "failed", "undone", "stayed",
)  # fmt: skip


class Refusal(Exception):
    """A rule forbids it."""


@dataclass(eq=False)
class Held:
    """A card as the portal knows it and as the model does, and of which template."""

    id: int
    serial: str
    place: int
    is_of: Card


@dataclass(eq=False)
class Person:
    """A customer. `ever` is all that was known of them, `deals` how many ties of deals name them."""

    id: int
    uuid: str
    fields: dict
    cards: list[Held] = field(default_factory=list)
    ever: set = field(default_factory=set)
    is_erased: bool = False
    merged_into: "Person | None" = None
    version: int = 0
    deals: int = 0

    @property
    def is_here(self) -> bool:
        return not self.is_erased and self.merged_into is None

    def present(self) -> "Person":
        return self.merged_into.present() if self.merged_into else self

    def set(self, given: dict) -> None:
        self.fields |= given
        self.ever |= {text for name, text in self.fields.items() if text and name != "first_name"}
        self.version += 1

    def keys(self) -> set:
        """What files know them by."""
        return {(name, self.fields[name]) for name in KNOWN_BY if self.fields[name]} | {("member", self.id)}

    def card_of(self, place: int) -> Held | None:
        return next((one for one in self.cards if one.place == place and not one.is_of.is_deleted), None)

    def leave(self) -> None:
        self.fields = dict.fromkeys(PERSON) | {"first_name": ""}


@dataclass(eq=False)
class Line:
    """A line of a file: what it says, of which template it brings a card, and with how much on it. `keys` are those of people
    whom it is about."""

    says: dict
    place: int | None
    amount: int
    state: str = "waiting"
    is_empty: bool = False
    keys: set = field(default_factory=set)
    about: Person | None = None
    is_made: bool = False
    left: int = 0
    card: Held | None = None
    booked: Booked | None = None


@dataclass(eq=False)
class File:
    """A file that was uploaded, and what becomes of people whom it finds here."""

    uuid: str
    known: str
    lines: list[Line]
    state: str = "checked"


@dataclass
class Step:
    """What bringing in a line does."""

    state: str
    person: Person | None
    changes: dict
    issues: bool


class People:
    """All that have ever been customers of the shop."""

    def __init__(self):
        self.all: list[Person] = []

    def holder(self, name: str, text: str | None) -> Person | None:
        return next((one for one in self.all if text and one.fields[name] == text), None)

    def refuse_taken(self, given: dict, but: Person | None = None) -> None:
        if any(self.holder(name, given.get(name)) not in (None, but) for name in KNOWN_BY):
            raise Refusal

    def named(self, text: str) -> Person | None:
        """Whom a shop calls so."""
        for one in self.all:
            if one.uuid == text and not one.present().is_erased:
                return one.present()
        return next((found for name in KNOWN_BY if (found := self.holder(name, text))), None)

    def check(self, file: File) -> None:
        """What each line would do now."""
        taken: set = set()
        for line in file.lines:
            line.keys = {(name, text) for name, text in line.says.items() if name in KNOWN_BY and not line.is_empty}
            line.keys |= {("member", found.id) for found in self.holders(line) if not line.is_empty}
            try:
                step = self.step(line, file.known)
            except Refusal:
                line.state = BAD
                continue
            keys = {(line.place, *key) for key in line.keys}
            line.state = BAD if keys & taken else step.state
            taken |= keys if line.state != BAD else set()

    def holders(self, line: Line) -> set[Person]:
        return {self.holder(name, line.says.get(name)) for name in KNOWN_BY} - {None}

    def step(self, line: Line, known: str) -> Step:
        if line.is_empty:
            raise Refusal
        found = self.holders(line)
        if len(found) > 1:
            raise Refusal
        person = next(iter(found), None)
        issues = line.place is not None and not (person and person.card_of(line.place))
        if person is None:
            return Step(NEW, None, line.says, issues)
        changes = {name: text for name, text in line.says.items() if person.fields[name] != text and known == "update"}
        return Step(NEW if issues else CHANGED if changes else SAME, person, changes, issues)


def kept(file: File, line: Line) -> bool:
    """Whether something keeps a line of a file that is undone."""
    card, person = line.card, line.about
    if card and (not card.is_of.is_deleted or card.is_of.moved_to) and is_used(line):
        return True
    if not line.is_made:
        return card is None
    if person.is_erased:
        return False
    others = [one for one in person.cards if not one.is_of.is_deleted and one is not card]
    of_file = [one.card for one in file.lines if one.state == DONE and one.card and not is_used(one)]
    return person.version != line.left or person.deals > 0 or any(one not in of_file for one in others)


def is_used(line: Line) -> bool:
    return line.card.is_of.moved_to is not None or len(line.card.is_of.booked) > (line.booked is not None)
