"""Types of events about wallets: the sentence a timeline shows, and the kind to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "wallet.set_up": say("Keys of a wallet set up"),
    "wallet.switched_on": say("Cards for a wallet switched on"),
    "wallet.switched_off": say("Cards for a wallet switched off"),
    "wallet.removed": say("Keys of a wallet removed"),
}
KINDS = {"wallets": FactKind(say("Wallets"), ("wallet.",))}
