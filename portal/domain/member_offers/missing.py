"""An offer that whoever asks does not see is as one that is not there."""

from portal.domain.errors import NotFound
from portal.domain.sentences import say


class OfferMissing(NotFound):
    """In the words of the documentation."""

    def __init__(self, offer_id: int | str):
        super().__init__(say("offer"))
        self.sentence = f"Offer#{offer_id} not found"
