"""What a card is by the contract, in plain words: counts, lots and what was booked, without a database."""

from dataclasses import dataclass, field
from fractions import Fraction

DAY = 86_400_000_000
COUNTS = ("uses", "rewards", "balance", "bonus", "visits", "rest", "spent", "coupon", "owed")
LEVEL_VISITS = 8
# What is counted on each kind of card, and which operations take it (contract: cards, the matrix).
MAIN = {
    "stamps": "uses", "stamp visits": "uses", "stamp spend": "uses", "cashback": "bonus", "multipass": "balance",
    "coupon": None, "discount": "bonus", "gift": "balance", "limits": "balance", "no limits": "visits", "points": "bonus",
    "point visits": "bonus", "point spend": "bonus",
}  # fmt: skip
_STAMPS = {"add-stamp", "subtract-stamp", "add-reward", "subtract-reward"}
_POINTS, _SPEND = {"add-point", "subtract-point"}, {"add-purchase", "subtract-purchase"}
TAKES = {
    "stamps": _STAMPS, "stamp visits": _STAMPS | {"add-visit"}, "stamp spend": _STAMPS | _SPEND,
    "cashback": _POINTS | {"add-transaction-amount", "subtract-transaction-amount"},
    "multipass": {"add-visit", "subtract-visit", "add-scores", "subtract-scores"}, "coupon": {"redeem-coupon"},
    "discount": _POINTS, "gift": _POINTS, "limits": {"subtract-visit"}, "no limits": {"add-visit"},
    "points": {"add-scores", "subtract-scores", "receive-reward"},
    "point visits": {"add-visit", "subtract-scores", "receive-reward"},
    "point spend": {*_SPEND, "subtract-scores", "receive-reward"},
}  # fmt: skip
VERBS = sorted(set().union(*TAKES.values()))


class Refusal(Exception):
    """A rule forbids it."""


@dataclass
class Rules:
    """What the template of a card says today."""

    word: str
    total: int = 10
    step: int = 1000
    gives: int = 3
    percent: int = 1000
    lot_days: int | None = None
    deal_gives: int | None = None
    least: int | None = None
    at_once: int | None = None
    referrer: int | None = None
    friend: int | None = None
    threshold: int = 7
    tier_left: int = 3


@dataclass
class Lot:
    """What was credited at once, and ends at once."""

    name: str
    left: int
    ends: int


@dataclass
class Booked:
    """Something that happened to a card."""

    deltas: dict[str, int]
    stamps: int = 0  # net of what was owed, before rounds
    money: int | None = None  # of a purchase by spend
    rule: tuple[int, int] = (0, 0)
    used: list = field(default_factory=list)
    made: list = field(default_factory=list)
    is_fixed: bool = False
    is_undone: bool = False
    is_reward: bool = False
    parts: list = field(default_factory=list)  # (main, money, spent, visits) taken back


class Card:
    """One card."""

    def __init__(self, rules: Rules, referrer: "Card | None" = None):
        self.rules, self.referrer, self.is_paid = rules, referrer, False
        self.counts = dict.fromkeys(COUNTS, 0)
        self.lots: list[Lot] = []
        self.booked: list[Booked] = []
        self.is_deleted, self.ends_at, self.moved_to = False, None, None
        self.since = self.next_at = None

    @property
    def main(self) -> str | None:
        return MAIN[self.rules.word]

    def settle(self, now: int) -> int:
        """What has ended by itself; whether something had."""
        if self.is_deleted:
            return 0
        if self.next_at is not None and self.next_at <= now:
            more = LEVEL_VISITS - self.counts["balance"]
            if more:
                self.book({"balance": more}, now, is_fixed=True)
            self.next_at += ((now - self.next_at) // (7 * DAY) + 1) * 7 * DAY
            return 1
        due = [lot for lot in self.lots if lot.left and lot.ends <= now]
        for name in sorted({lot.name for lot in due}):
            self.book({name: -sum(lot.left for lot in due if lot.name == name)}, now, is_fixed=True)
        return int(bool(due))

    def refuse_gone(self, now: int) -> None:
        if self.is_deleted or (self.ends_at is not None and self.ends_at <= now):
            raise Refusal

    def ask(self, verb: str, amount: int, now: int) -> Booked:
        self.settle(now)
        self.refuse_gone(now)
        if verb not in TAKES[self.rules.word]:
            raise Refusal
        booked = getattr(self, verb.replace("-", "_"))(amount, now)
        if verb.startswith("add") and not self.is_paid and self.referrer is not None:
            self.pay_referral(now)
        return booked

    def pay_referral(self, now: int) -> None:
        referrer = self.referrer.present()
        if referrer is self or not (self.rules.referrer or self.rules.friend):
            return  # Who turned out to be one with the friend brought nobody.
        self.is_paid = True
        if self.rules.friend:
            self.gain(self.rules.friend, now)
        if self.rules.referrer and not referrer.is_deleted:
            referrer.settle(now)
            referrer.gain(self.rules.referrer, now)

    def present(self) -> "Card":
        return self.moved_to.present() if self.moved_to else self

    # What the operations do.

    def add_stamp(self, amount, now):
        return self.gain(amount, now, limited=True)

    add_point = add_stamp

    def subtract_stamp(self, amount, now):
        return self.lose(self.main, amount, now)

    subtract_point = subtract_stamp

    def add_reward(self, amount, now):
        return self.book({"rewards": amount}, now)

    def subtract_reward(self, amount, now):
        return self.lose("rewards", amount, now)

    def add_scores(self, amount, now):
        return (
            self.book({"bonus": amount}, now)
            if self.rules.word == "multipass"
            else self.gain(amount, now, limited=True)
        )

    def subtract_scores(self, amount, now):
        return self.lose("bonus", amount, now)

    def add_visit(self, amount, now):
        word = self.rules.word
        earned = 5 * amount if word == "point visits" else amount
        more = {"visits": amount} if word in ("point visits", "stamp visits") else {}
        return self.gain(earned, now, more, limited=True)

    def subtract_visit(self, amount, now):
        return self.lose("balance", amount, now, {"visits": amount})

    def add_transaction_amount(self, amount, now, limited=True):
        if self.rules.least and amount < self.rules.least:
            raise Refusal
        return self.gain(half_even(amount * self.rules.percent, 10_000), now, {"spent": amount}, limited=limited)

    def subtract_transaction_amount(self, amount, now):
        spent = -min(amount, self.counts["spent"])
        return self.lose("bonus", half_even(amount * self.rules.percent, 10_000), now, {"spent": spent})

    def add_purchase(self, amount, now, limited=True):
        if self.rules.least and amount < self.rules.least:
            raise Refusal
        return self.purchase(amount, (self.rules.step, self.rules.gives), now, limited=limited)

    def subtract_purchase(self, amount, now):
        rule = (self.rules.step, self.rules.gives)
        steps, rest = self.steps_back(amount, rule[0])
        more = {"rest": rest - self.counts["rest"]}
        return self.lose(self.main, steps * rule[1], now, more, money=-amount, rule=rule)

    def receive_reward(self, amount, now):
        if not self.rules.tier_left:
            raise Refusal
        booked = self.lose("bonus", self.rules.threshold, now, is_reward=True)
        self.rules.tier_left -= 1
        return booked

    def redeem_coupon(self, amount, now):
        if self.counts["coupon"]:
            raise Refusal
        return self.book({"coupon": 1}, now)

    # Deals.

    def deal(self, paid: int, now: int) -> Booked | None:
        self.settle(now)
        self.refuse_gone(now)
        if self.rules.least and paid < self.rules.least:
            raise Refusal
        word = self.rules.word
        if self.rules.deal_gives:
            return self.gain(self.rules.deal_gives, now)
        if "spend" in word:
            return self.add_purchase(paid, now, limited=False)
        if word == "cashback":
            return self.add_transaction_amount(paid, now, limited=False)
        if word in ("stamp visits", "point visits"):
            return self.gain(5 if word == "point visits" else 1, now, {"visits": 1})
        if word == "no limits":
            return None
        return self.gain(paid, now) if word == "discount" else None

    def take_back(self, deal: Booked, back: int, whole: int, now: int) -> bool:
        """On the card where everything is now; whether something was taken."""
        if self.is_deleted or deal.is_undone:
            return False
        self.settle(now)
        taken = [sum(column) for column in zip((0, 0, 0, 0), *deal.parts, strict=True)]
        gross = deal.stamps - deal.deltas.get("owed", 0) if self.main == "uses" else (
            deal.deltas.get(self.main, 0) - deal.deltas.get("owed", 0)
        )  # fmt: skip
        deltas, money = {}, 0
        if deal.money is not None:
            money = portion(deal.money, back, whole) - taken[1]
            steps, rest = self.steps_back(money, deal.rule[0])
            asked, deltas["rest"] = steps * deal.rule[1], rest - self.counts["rest"]
        else:
            asked = portion(gross, back, whole) - taken[0]
        beside = []
        for place, name in ((2, "spent"), (3, "visits")):
            share = portion(deal.deltas.get(name, 0), back, whole) - taken[place] if name != self.main else 0
            beside.append(min(share, self.counts[name]))
            deltas[name] = -beside[-1]
        there = self.counts[self.main] + (self.counts["rewards"] * self.rules.total if self.main == "uses" else 0)
        now_taken = min(asked, there)
        deltas |= self.less(now_taken)
        deltas["owed"] = asked - now_taken
        if not any(deltas.values()):
            return False
        deal.parts.append((asked, money, *beside))
        self.book(deltas, now, is_fixed=True, first=deal)
        return True

    def undo(self, booked: Booked, now: int) -> None:
        self.settle(now)
        self.refuse_gone(now)
        if booked.is_fixed or booked.is_undone or booked.parts:
            raise Refusal
        deltas = {name: -amount for name, amount in booked.deltas.items()}
        owed = deltas.get("owed", 0)
        if booked.money is not None:
            deltas |= self.purchase_back(booked, owed)
        elif booked.stamps:
            deltas |= self.less(booked.stamps)
        if any(self.counts[name] + amount < 0 for name, amount in deltas.items()):
            raise Refusal
        booked.is_undone = True
        self.rules.tier_left += booked.is_reward
        before = self.counts[self.main] if self.main else 0
        stamps = deltas.get("uses", 0) + self.rules.total * deltas.get("rewards", 0)
        self.book(deltas, now, is_fixed=True, first=booked, gives_back=booked.used)
        if self.next_at is None:
            self.settle(now)
        given = 0
        if self.main == "uses":
            given = stamps if booked.deltas.get("uses") or booked.stamps else 0
        elif self.main:
            given = deltas.get(self.main, 0)
        given = min(given, self.counts[self.main]) if self.main else 0
        if given > 0 and self.counts["owed"] and before is not None:
            amount = min(given, self.counts["owed"])
            self.book(self.less(amount) | {"owed": -amount}, now, is_fixed=True)

    def purchase_back(self, booked: Booked, owed: int) -> dict[str, int]:
        step, gives = booked.rule
        if booked.money > 0:
            steps, rest = self.steps_back(booked.money, step)
            change = self.less(steps * gives - owed)
        else:
            steps, rest = divmod(self.counts["rest"] - booked.money, step)
            change = self.less(-steps * gives)
        return change | {"rest": rest - self.counts["rest"]}

    # What they are made of.

    def purchase(self, amount, rule, now, limited=False):
        steps, rest = divmod(self.counts["rest"] + amount, rule[0])
        more = {"rest": rest - self.counts["rest"]}
        return self.gain(steps * rule[1], now, more, limited=limited, money=amount, rule=rule)

    def steps_back(self, amount: int, step: int) -> tuple[int, int]:
        short = max(0, amount - self.counts["rest"])
        steps = -(-short // step)
        return steps, self.counts["rest"] - amount + steps * step

    def gain(self, amount, now, more=None, limited=False, **told):
        if limited and self.rules.at_once and amount > self.rules.at_once:
            raise Refusal
        settled = min(self.counts["owed"], amount)
        left = amount - settled
        return self.book(self.less(-left) | {"owed": -settled} | (more or {}), now, stamps=left, **told)

    def lose(self, name, amount, now, more=None, **told):
        if self.counts[name] < amount:
            raise Refusal
        stamps = -amount if name == "uses" else 0
        return self.book({name: -amount} | (more or {}), now, stamps=stamps, **told)

    def less(self, amount: int) -> dict[str, int]:
        """So much less of what is counted, or more; stamps turn their rounds, and may open unused rewards."""
        if self.main != "uses":
            return {self.main: -amount}
        total = self.rules.total
        rounds, uses = divmod(self.counts["uses"] - amount, total)
        if self.counts["rewards"] + rounds < 0:
            raise Refusal
        return {"uses": uses - self.counts["uses"], "rewards": rounds}

    def book(self, deltas, now, *, first=None, gives_back=(), stamps=0, **told) -> Booked:
        deltas = {name: amount for name, amount in deltas.items() if amount}
        booked = Booked(deltas, stamps=stamps if self.main == "uses" else 0, **told)
        for name, amount in deltas.items():
            self.counts[name] += amount
            assert self.counts[name] >= 0
        if self.rules.word != "limits":
            self.move_lots(booked, first, gives_back, now)
        self.booked.append(booked)
        return booked

    def move_lots(self, booked, first, gives_back, now) -> None:
        for name, amount in booked.deltas.items():
            if name not in ("bonus", "balance"):
                continue
            if amount < 0:
                own = first.made if first else []
                for lot in sorted(self.lots, key=lambda lot: (lot not in own, lot.ends)):
                    if lot.name == name and amount and lot.left:
                        taken = min(lot.left, -amount)
                        lot.left -= taken
                        amount += taken
                        booked.used.append((lot, taken))
            elif first is not None:
                for lot, taken in gives_back:
                    lot.left += taken if lot.name == name else 0
            elif self.rules.lot_days:
                booked.made.append(Lot(name, amount, now + self.rules.lot_days * DAY))
                self.lots.append(booked.made[0])


def carry(giver: Card, taker: Card, now: int) -> None:
    """All that is on a card goes to another one of its template, which it leads to from then on."""
    giver.settle(now)
    taker.settle(now)
    counts, lots = dict(giver.counts), [(lot.name, lot.left, lot.ends) for lot in giver.lots if lot.left]
    if any(counts.values()):
        giver.book({name: -amount for name, amount in counts.items()}, now, is_fixed=True)
        if taker.counts["coupon"]:
            counts["coupon"] = 0
        stamps = counts.pop("uses")
        deltas = dict(counts)
        if stamps:
            rounds = taker.less(-stamps)
            deltas |= {"uses": rounds["uses"], "rewards": counts["rewards"] + rounds["rewards"]}
        days, taker.rules.lot_days = taker.rules.lot_days, None
        taker.book(deltas, now, is_fixed=True)
        taker.rules.lot_days = days
        taker.lots += [Lot(*lot) for lot in sorted(lots, key=lambda lot: (lot[0], lot[2]))]
        amount = min(taker.counts["owed"], taker.counts[taker.main]) if taker.main else 0
        if amount:
            taker.book(taker.less(amount) | {"owed": -amount}, now, is_fixed=True)
    giver.is_deleted, giver.moved_to = True, taker


def half_even(above: int, below: int) -> int:
    return round(Fraction(above, below))


def portion(amount: int, part: int, whole: int) -> int:
    return half_even(amount * part, whole)
