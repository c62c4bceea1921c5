"""What is counted is there: uses, what they take off, and tickets (contract: coupons, "A use is held")."""

from portal.domain.areas import Check

_LIVE = "SELECT {of}, COUNT(*) AS found FROM coupon_use u WHERE u.state <> 'released' GROUP BY {of}"
_SPENT = "SELECT coupon_id, SUM(amount) AS found FROM coupon_use WHERE state <> 'released' GROUP BY coupon_id"
COUNTS = (
    Check(
        "Coupon offer {id} tells {uses} uses, but there are {found}.",
        f"""SELECT o.id, o.uses, COALESCE(n.found, 0) AS found FROM coupon_offer o
        LEFT JOIN ({_LIVE.format(of="u.offer_id")}) n ON n.offer_id = o.id WHERE o.uses <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Coupon assignment {uuid} tells {uses} uses, but its offers {found}.",
        """SELECT a.uuid, a.uses, COALESCE(n.found, 0) AS found FROM coupon_assignment a LEFT JOIN
        (SELECT assignment_id, SUM(uses) AS found FROM coupon_offer GROUP BY assignment_id) n ON n.assignment_id = a.id
        WHERE a.uses <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Coupon {code} tells {uses} uses, but there are {found}.",
        f"""SELECT c.code, c.uses, COALESCE(n.found, 0) AS found FROM coupon c
        LEFT JOIN ({_LIVE.format(of="u.coupon_id")}) n ON n.coupon_id = c.id WHERE c.uses <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Coupon {code} tells that {spent} were spent, but its uses took off {found}.",
        f"""SELECT c.code, c.spent, COALESCE(n.found, 0) AS found FROM coupon c LEFT JOIN ({_SPENT}) n ON n.coupon_id = c.id
        WHERE c.spent <> COALESCE(n.found, 0)""",
    ),
)
RESERVATIONS = (
    Check(
        "Reservation {id}: its lines hold {tickets} tickets for {face} with {discount} off, not what it tells.",
        """SELECT r.id, n.tickets, n.face, n.discount FROM reservation r LEFT JOIN (SELECT reservation_id,
            SUM(quantity) AS tickets, SUM(price * quantity) AS face, SUM(discount) AS discount FROM reservation_line
            GROUP BY reservation_id) n ON n.reservation_id = r.id
        WHERE r.tickets IS DISTINCT FROM n.tickets OR r.face IS DISTINCT FROM n.face OR r.discount IS DISTINCT FROM n.discount""",
    ),
    Check(
        "Reservation {id} tells {discount} off, but its uses took off {found}.",
        """SELECT r.id, r.discount, COALESCE(n.found, 0) AS found FROM reservation r LEFT JOIN
        (SELECT reservation_id, SUM(amount) AS found FROM coupon_use GROUP BY reservation_id) n ON n.reservation_id = r.id
        WHERE r.discount <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Use {id} of a coupon: its lines do not add up to what it took off, or to its tickets.",
        """SELECT u.id FROM coupon_use u LEFT JOIN (SELECT use_id, SUM(amount) AS amount, SUM(tickets) AS tickets
            FROM coupon_use_line GROUP BY use_id) n ON n.use_id = u.id
        WHERE u.reservation_id IS NOT NULL
        AND (u.amount <> COALESCE(n.amount, 0) OR u.tickets <> COALESCE(n.tickets, 0))""",
    ),
    Check(
        "Use {id} of a coupon is {state}, but its reservation is {other}.",
        """SELECT u.id, u.state, r.state AS other FROM coupon_use u JOIN reservation r ON r.id = u.reservation_id
        WHERE (r.state = 'held') <> (u.state = 'held') OR (r.state IN ('released', 'expired') AND u.state = 'committed')""",
    ),
    Check(
        "Price level {id} tells that {taken} tickets are taken, but reservations hold {found}.",
        """SELECT p.id, p.taken, COALESCE(n.found, 0) AS found FROM price_level p LEFT JOIN
        (SELECT COALESCE(l.price_level_id, b.price_level_id) AS level_id, SUM(l.quantity) AS found FROM reservation_line l
            JOIN reservation r ON r.id = l.reservation_id LEFT JOIN bundle_level b ON b.bundle_id = l.bundle_id
            WHERE r.state IN ('held', 'purchased') GROUP BY COALESCE(l.price_level_id, b.price_level_id)) n
        ON n.level_id = p.id WHERE p.taken <> COALESCE(n.found, 0)""",
    ),
)
TENANCY = (
    Check(
        "Use {id} of a coupon: its coupon, reservation or customer is another partner's, or its offer another coupon's.",
        """SELECT u.id FROM coupon_use u JOIN coupon c ON c.id = u.coupon_id LEFT JOIN coupon_offer o ON o.id = u.offer_id
        LEFT JOIN reservation r ON r.id = u.reservation_id LEFT JOIN member m ON m.id = u.member_id
        WHERE c.partner_id <> u.partner_id OR o.coupon_id <> u.coupon_id OR r.partner_id <> u.partner_id
        OR m.partner_id <> u.partner_id""",
    ),
    Check(
        "Reservation {id}: its listing, event or customer is another partner's.",
        """SELECT r.id FROM reservation r JOIN listing l ON l.id = r.listing_id JOIN ticketed_event e ON e.id = r.event_id
        LEFT JOIN member m ON m.id = r.member_id
        WHERE l.partner_id <> r.partner_id OR l.event_id <> r.event_id OR e.partner_id <> r.partner_id
        OR m.partner_id <> r.partner_id""",
    ),
)
PROMISES = (*COUNTS, *RESERVATIONS, *TENANCY)
