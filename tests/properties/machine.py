"""Merchants, the worker, time and strangers at the same programme, in any order."""

from tests.properties.changing import Changing
from tests.properties.keeping import Keeping
from tests.properties.paying import Paying
from tests.properties.refunding import Refunding
from tests.properties.reporting import Reporting
from tests.properties.rewarding import Rewarding
from tests.properties.strangers import Strangers
from tests.properties.working import Working


class Programme(Reporting, Working, Changing, Paying, Refunding, Rewarding, Keeping, Strangers):
    """Everything that anybody may do."""
