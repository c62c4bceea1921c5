"""What the page Get started says: of each step, and of the clock of test mode."""

from typing import NamedTuple

from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.trials.ground import Ground
from portal.domain.sentences import Sentence, counted, say

_DAY = 86_400


class Words(NamedTuple):
    """A step's title, and what it does."""

    title: Sentence
    text: Sentence


def steps(there: Ground | None) -> list[Words]:
    """The six steps of the guide: on what stands in test mode, or on what they make there."""
    if there:
        catalog = say("“{title}” stands in your test mode, as you made it in the portal. Read it.", title=there.title)
        offer = say("“{offer}” is what it sells. Read its offers.", offer=there.offer)
    else:
        catalog = say("A product line that promoters sell. The answer has the id that the next steps use.")
        offer = say("What is sold, at which price; the catalog’s 10 % of it are the promoter’s reward.")
    return [
        Words(say("Create a catalog"), catalog),
        Words(say("Attach offers"), offer),
        Words(say("Create a landing"), say("The page of your shop where promoters’ links lead.")),
        Words(say("Publish"), say("In test mode it is seen by others in test mode alone.")),
        Words(
            say("Report deals"), say("When a customer orders, and again when the order is paid: the reward is held.")
        ),
        Words(say("Know where the customer came from"), _came_from(there)),
    ]


def _came_from(there: Ground | None) -> Sentence:
    if there and there.uid:
        return say(
            "A promoter’s link adds myshare to the address of your page. Keep it with the order, and send it as "
            "another_data, as step 5 did. {uid} is the sample promoter’s: ask what discount it gives.",
            uid=there.uid,
        )
    return say(
        "A promoter’s link adds myshare and click to the address of your page. Keep the query with the order, and send "
        "it as another_data of the deal."
    )


def clock(twin: Partner | None) -> Sentence:
    """How far the clock of test mode is ahead."""
    ahead = twin.clock_offset // _DAY if twin else 0
    if not ahead:
        return say("It shows today’s time.")
    return counted(ahead, "It is 1 day ahead.", "It is {number} days ahead.")


def days(number: int) -> Sentence:
    """A step of the clock."""
    return counted(number, "1 day ahead", "{number} days ahead")


def put_ahead(number: int) -> Sentence:
    """That the clock went forward."""
    return counted(
        number,
        "The clock of your test mode went 1 day ahead. What is due by then has happened.",
        "The clock of your test mode went {number} days ahead. What is due by then has happened.",
    )
