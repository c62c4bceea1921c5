"""What programs know the refusals of the cards family by."""

from portal.domain.codes import Code

CARD_TAKEN = Code(
    "card_taken",
    409,
    "This customer has a card of Coffee already: 939829-317-169.",
    "Find it by `GET /api/v2/cards?templateId=&customerId=`.",
)
COMPANY_TAKEN = Code(
    "company_taken",
    409,
    "A company or a person has the e-mail bea@branch.example already. Use another one.",
    "Use another address: that of a deleted company stays taken as well.",
)
CARD_DELETED = Code(
    "card_deleted",
    422,
    "This card is deleted and takes no operation.",
    "Issue a new card, or use the one it was moved to.",
)
CARD_EXPIRED = Code(
    "card_expired", 422, "This card has expired.", "Set a later date by `POST /api/v2/cards/{id}/set-expiration-date`."
)
WRONG_CARD_TYPE = Code(
    "wrong_card_type",
    422,
    "“Add stamps” is not for this cashback card. It takes: Add money, Take money off, Add a purchase, Take a purchase back.",
    "The reference lists which operations each type of card takes.",
)
NOT_ENOUGH = Code(
    "not_enough",
    422,
    "The card has 0 stamps, less than the 5 stamps asked for.",
    "Take at most what is there.",
)
NOT_EARNED = Code(
    "not_earned",
    422,
    "A purchase below 10.00 EUR earns nothing.",
    "The template's rules of earning say what an operation may give.",
)
ALREADY_REDEEMED = Code(
    "already_redeemed",
    422,
    "This coupon was redeemed.",
    "Undo that operation, or delete the card and issue another one.",
)
ALREADY_REVERSED = Code("already_reversed", 422, "This operation was reversed.", "An operation is reversed once.")
LIMIT_REACHED = Code(
    "limit_reached",
    422,
    "Small allows 0 templates, and Branch Vienna has 1. Archive some first.",
    "Remove one, or choose a larger tariff.",
)
OPTION_MISSING = Code("option_missing", 422, "The tariff has no pushes.", "Change the company's tariff.")
TARIFF_EXPIRED = Code(
    "tariff_expired",
    422,
    "The company’s tariff ended on 2025-10-31. It reads, and changes nothing until it is extended.",
    "Extend it by `expiresAt`, or change the tariff.",
)
TIER_IN_USE = Code(
    "tier_in_use",
    422,
    "2 cards have enough points for this tier.",
    "Let them receive it first, or archive the template.",
)
NO_REWARD_TIERS = Code(
    "no_reward_tiers",
    422,
    "Only reward cards have reward tiers.",
    "Send the id of a template whose `type` is 7.",
)
PUSH_ENDED = Code(
    "push_ended",
    422,
    "This push has ended already. It cannot be cancelled.",
    "Only a push that waits or is being sent is cancelled.",
)
OTHER_TEMPLATE = Code(
    "other_template",
    422,
    "The card 939829-317-169 is not of Lunch.",
    "Send the `templateId` of the card, or another `cardId`.",
)
STILL_IN_USE = Code(
    "still_in_use", 422, "The company has 1 card. Delete it first.", "Delete what the sentence names first."
)

# Of several rewards none was named.
REWARD_NOT_NAMED = Code(
    "reward_not_named",
    422,
    "Several rewards are in reach: Coffee, Cake.",
    "Name one of `availableRewardTiers` by its `id`.",
)
REWARD_USED_UP = Code(
    "reward_used_up",
    422,
    "“Coffee” was received as often as it may be.",
    "Choose another reward, or raise its `usageLimit` in the portal.",
)
