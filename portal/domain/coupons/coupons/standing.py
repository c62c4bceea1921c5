"""How a coupon stands at a moment: whether somebody could use it, and if not, why. Written once, for lists and filters alike."""

ACTIVE = "active"  # not switched off, however it stands otherwise
OFF, RUNNING, COMING, USED_UP, OVER, UNASSIGNED = "off", "running", "coming", "used_up", "over", "unassigned"
EVERY = (RUNNING, COMING, USED_UP, OVER, UNASSIGNED, OFF)

_OFFERS = """EXISTS (SELECT 1 FROM coupon_offer o JOIN coupon_assignment a ON a.id = o.assignment_id
    WHERE o.coupon_id = c.id AND a.ended_at IS NULL"""
_LEFT = "(CASE WHEN a.is_shared THEN a.uses ELSE o.uses END) < a.use_limit AND (c.budget IS NULL OR c.spent < c.budget)"
# Of `coupon c`, at the moment `:now` in microseconds.
STANDING = f"""CASE WHEN c.ended_at IS NOT NULL THEN '{OFF}'
    WHEN {_OFFERS} AND a.starts_at <= :now AND a.ends_at > :now AND {_LEFT}) THEN '{RUNNING}'
    WHEN {_OFFERS} AND a.starts_at > :now AND {_LEFT}) THEN '{COMING}'
    WHEN {_OFFERS} AND a.ends_at > :now) THEN '{USED_UP}'
    WHEN {_OFFERS}) THEN '{OVER}'
    ELSE '{UNASSIGNED}' END"""
