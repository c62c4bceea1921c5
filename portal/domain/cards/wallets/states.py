"""What passes of Apple's show, told apart: when each thing that a pass shows changed last, and by which second a pass was named that was
given out. Phones name what they have by a second alone, and a card changes more often."""

from hashlib import blake2b
from typing import NamedTuple

from portal.database import Statement, transaction

_SELECT = """SELECT c.serial, c.updated_at AS changed_at, t.updated_at AS designed_at, m.updated_at AS named_at,
    COALESCE(h.pushed_at, 0) AS pushed_at FROM {cards} JOIN card_template t ON t.id = c.template_id JOIN member m ON m.id = c.member_id
    LEFT JOIN wallet_holding h ON h.card_id = c.id AND h.wallet = 'apple'"""


class State(NamedTuple):
    """A card, and when its pass changed last, in microseconds: itself, its template, its holder, what was sent to it."""

    serial: str
    changed_at: int
    designed_at: int
    named_at: int
    pushed_at: int

    @property
    def mark(self) -> str:
        """What is another one when any of it changed, however late others see that."""
        return blake2b(repr(self).encode(), digest_size=6).hexdigest()


class _Given(NamedTuple):
    mark: str
    second: int


_OF_CARD = Statement(f"{_SELECT.format(cards='card c')} WHERE c.id = :card", State)
_OF_DEVICE = Statement(
    f"""{_SELECT.format(cards="wallet_registration r JOIN card c ON c.id = r.card_id")}
    JOIN wallet_setup w ON w.partner_id = c.partner_id JOIN partner p ON p.id = c.partner_id
    WHERE r.device = :device AND w.wallet = 'apple' AND w.pass_type = :pass_type AND w.is_on AND p.disabled_at IS NULL
    ORDER BY c.id LIMIT 200""",
    State,
)
_GIVE = Statement(
    """INSERT INTO wallet_given (card_id, mark, second) VALUES (:card, :mark, :second) ON CONFLICT (card_id) DO UPDATE SET
        mark = excluded.mark,
        second = CASE WHEN wallet_given.second < excluded.second THEN excluded.second ELSE wallet_given.second + 1 END
    WHERE wallet_given.mark <> excluded.mark"""
)
_GIVEN = Statement("SELECT mark, second FROM wallet_given WHERE card_id = :card", _Given)


def of_card(card_id: int) -> State:
    """The card's now. It is asked for before the pass is made: what changes meanwhile is fetched once more, not passed over."""
    return _OF_CARD.rows(card=card_id)[0]


def of_device(device: str, pass_type: str) -> list[State]:
    """Those of the cards that a phone of Apple's keeps."""
    return _OF_DEVICE.rows(device=device, pass_type=pass_type)


def give(card_id: int, state: State) -> int:
    """A pass of this state is given out: the second that names it, and no other state of the card."""
    newest = max(state[1:]) // 1_000_000
    with transaction():
        _GIVE.run(card=card_id, mark=state.mark, second=newest)
        return _GIVEN.rows(card=card_id)[0].second


def is_had(card_id: int, state: State, second: int) -> bool:
    """Whether a phone that names its pass by this second has this state."""
    given = _GIVEN.row(card=card_id)
    return given is not None and given.mark == state.mark and given.second <= second
