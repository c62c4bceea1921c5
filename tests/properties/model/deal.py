"""A deal and its moves."""

from dataclasses import dataclass, field

from tests.properties.model.terms import SECOND, Refusal


def half_even(number: int, divisor: int) -> int:
    whole, rest = divmod(number, divisor)
    return whole + (2 * rest > divisor or (2 * rest == divisor and whole % 2 == 1))


@dataclass
class Deal:
    """A deal as its row, its postings and its facts must stand."""

    deal_id: str
    offer: str
    offer_name: str
    catalog: str
    cost: int
    first_cost: int
    currency: str
    promo_code: str | None
    another_data: str | None
    uid: str | None
    used_code: str | None
    click: str | None
    percent: int | None
    fixed: int | None
    hold: int
    wait: int
    conversion_time: int
    modified_at: int
    due_at: int | None
    status: str = "Created"
    is_returned: bool = False
    comment: str | None = None
    payment_sum: int = 0
    paid_at: int | None = None
    approved_at: int | None = None
    canceled_at: int | None = None
    refunds: list = field(default_factory=list)  # (what went back, what of the reward)
    postings: list = field(default_factory=list)
    facts: list = field(default_factory=lambda: ["created"])

    def pay(self, now: int) -> None:
        self.status, self.paid_at, self.due_at = "Paid", now, now + self.hold * SECOND
        self.payment_sum = self.reward(self.cost)
        self.post("paid", "owed", "held", self.payment_sum)
        self.tell("paid", now)

    def cancel(self, now: int, returned: bool, at: int | None = None) -> None:
        self.post("canceled", "due" if self.approved_at else "held", "owed", self.payment_sum)
        self.status, self.canceled_at, self.due_at, self.payment_sum = "Canceled", at or now, None, 0
        self.tell("canceled", now)
        if returned:
            self.give_back(now)

    def give_back(self, now: int) -> None:
        if not self.is_returned:
            self.is_returned = True
            self.tell("returned", now)

    def approve(self, now: int) -> None:
        self.approved_at, self.due_at = self.due_at, None
        self.post("approved", "held", "due", self.payment_sum)
        self.tell("approved", now)

    def correct(self, cost: int, now: int) -> None:
        if cost == self.cost:
            return
        if self.status == "Canceled" or self.approved_at:
            raise Refusal
        earned = self.reward(cost) if self.status == "Paid" else 0
        if earned != self.payment_sum:
            self.post("cost changed", "held", "owed", self.payment_sum)
            self.post("cost changed", "owed", "held", earned)
        self.cost, self.payment_sum = cost, earned
        self.tell("cost_changed", now)

    def refund(self, amount: int, now: int) -> None:
        """Of all that went back so far, so that the parts sum up to the whole."""
        before, taken = (sum(part[place] for part in self.refunds) for place in (0, 1))
        if self.status != "Paid" or not self.approved_at or not 0 < amount <= self.cost - before:
            raise Refusal
        back = half_even((self.payment_sum + taken) * (before + amount), self.cost) - taken
        self.refunds.append((amount, back))
        self.post("returned in part", "due", "owed", back)
        self.payment_sum -= back
        self.tell("refunded", now)

    def remark(self, comment: str | None, now: int) -> None:
        if comment != self.comment:
            self.comment = comment
            self.tell("commented", now)

    def move(self, status: str, returned: bool, now: int) -> None:
        if self.status == "Canceled" != status:
            raise Refusal
        if (self.status, status) == ("Created", "Paid"):
            self.pay(now)
        elif status == "Canceled" != self.status:
            self.cancel(now, returned)
        elif status == "Canceled" and returned:
            self.give_back(now)

    def reward(self, cost: int) -> int:
        """Half-even, by whole numbers alone; nobody's deal earns nothing."""
        if self.uid is None or self.fixed is not None:
            return 0 if self.uid is None else self.fixed
        return half_even(cost * self.percent, 10_000)

    def post(self, reason: str, source: str, target: str, amount: int) -> None:
        if amount:
            self.postings.append((reason, source, target, amount))

    def tell(self, fact: str, now: int) -> None:
        self.facts.append(fact)
        self.modified_at = now
