"""What can happen to a card: the numbers of the wire (`eventId`), and what people call each (contract: cards, Operation)."""

from collections.abc import Mapping

from portal.domain.sentences import say

STAMPS_ADDED, STAMPS_TAKEN, REWARDS_ADDED, REWARDS_TAKEN = 1, 2, 3, 4
SCORES_ADDED, SCORES_TAKEN, VISITS_ADDED, VISITS_TAKEN = 5, 6, 7, 8
POINTS_ADDED, POINTS_TAKEN, AMOUNT_ADDED, AMOUNT_TAKEN = 9, 10, 11, 12
PURCHASE_ADDED, PURCHASE_TAKEN, REWARD_RECEIVED, COUPON_REDEEMED = 13, 14, 15, 16
REVERSED, EXPIRED, PERIOD_BEGAN, TIER_SET = 17, 18, 19, 20
FRIEND_BROUGHT, FRIEND_WELCOMED, DEAL_CREDITED, DEAL_TAKEN_BACK, DEBT_SETTLED = 21, 22, 23, 24, 25
OPENED, MOVED_OUT, MOVED_IN = 26, 27, 28

EVENTS: Mapping[int, str] = {
    STAMPS_ADDED: say("Stamps added"),
    STAMPS_TAKEN: say("Stamps taken away"),
    REWARDS_ADDED: say("Rewards added"),
    REWARDS_TAKEN: say("Rewards handed out"),
    SCORES_ADDED: say("Scores added"),
    SCORES_TAKEN: say("Scores taken away"),
    VISITS_ADDED: say("Visits added"),
    VISITS_TAKEN: say("Visits used"),
    POINTS_ADDED: say("Points added"),
    POINTS_TAKEN: say("Points taken away"),
    AMOUNT_ADDED: say("Purchase with cashback"),
    AMOUNT_TAKEN: say("Purchase with cashback taken back"),
    PURCHASE_ADDED: say("Purchase"),
    PURCHASE_TAKEN: say("Purchase taken back"),
    REWARD_RECEIVED: say("Reward received"),
    COUPON_REDEEMED: say("Coupon redeemed"),
    REVERSED: say("Undone"),
    EXPIRED: say("Expired"),
    PERIOD_BEGAN: say("A new period of the membership began"),
    TIER_SET: say("Membership tier set"),
    FRIEND_BROUGHT: say("A friend was brought"),
    FRIEND_WELCOMED: say("Came by a friend"),
    DEAL_CREDITED: say("Credited for a deal"),
    DEAL_TAKEN_BACK: say("Taken back, as the deal was canceled or returned"),
    DEBT_SETTLED: say("Owed, and settled"),
    OPENED: say("Opening balance"),
    MOVED_OUT: say("Moved to another card"),
    MOVED_IN: say("Moved from another card"),
}
# What somebody asked for, an import or a gift: it can be undone. What time, a deal or a move did has a way of its own.
REVERSIBLE = frozenset({*range(STAMPS_ADDED, REVERSED), FRIEND_BROUGHT, FRIEND_WELCOMED, DEAL_CREDITED, OPENED})
PAID_BACK = frozenset({AMOUNT_TAKEN, PURCHASE_TAKEN, DEAL_TAKEN_BACK})  # whose money went back to the customer
EARNING = (STAMPS_ADDED, REWARDS_ADDED, SCORES_ADDED, VISITS_ADDED, POINTS_ADDED, AMOUNT_ADDED, PURCHASE_ADDED)
EARNED_WHEN_TAKEN = (REWARD_RECEIVED, COUPON_REDEEMED)  # where no reward waits on the card
