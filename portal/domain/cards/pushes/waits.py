"""Pushes that wait for somebody to see that nobody got them, counted by an index of their own: every page tells how many."""

from portal.domain.areas import Waits
from portal.domain.cards.words import LOYALTY
from portal.domain.waiting.bound import few

FAILED = "failed_pushes"
IS_FAILED = "state = 'failed' AND kind = 'manual' AND noted_at IS NULL"
WAITS = {FAILED: Waits(few(f"push WHERE partner_id = :partner AND {IS_FAILED}"), LOYALTY)}
