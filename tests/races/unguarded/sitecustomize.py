"""A server of the tests whose deals are read first and saved later, without the guard: what a race would do then.

Python loads this when the folder is on its path; only `test_without_the_guard_the_race_is_lost` puts it there.
"""

import sys
import time

if "gunicorn" in sys.orig_argv:
    from portal.database import Statement, transaction
    from portal.domain.affiliate import deal_moves, deals
    from portal.domain.affiliate import deal_queries as queries
    from portal.domain.affiliate.deal_queries import LockedDeal

    queries.PAY = Statement(
        "UPDATE deal SET status = 'Paid', paid_at = ?, payment_sum = ?, due_at = ?, modified_at = ? WHERE id = ?"
    )

    def read_then_save(partner_id, reference, status=None, *ignored, **also_ignored):
        """`deals.update` as it must not be written."""
        deal = LockedDeal(*queries.BY_DEAL_ID.row(partner_id, reference))
        time.sleep(0.2)
        with transaction():
            deal_moves.move(deal, status, False)
        return deal

    deals.update = read_then_save
