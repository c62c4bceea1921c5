"""What always holds of customers."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Partner {slug} has {found} customers, but its lists say {total}.",
        """SELECT p.slug, COALESCE(n.found, 0) AS found, COALESCE(t.total, 0) AS total FROM partner p
            LEFT JOIN (SELECT partner_id, COUNT(*) AS found FROM member
                WHERE erased_at IS NULL AND merged_into_id IS NULL GROUP BY partner_id) n ON n.partner_id = p.id
            LEFT JOIN (SELECT partner_id, SUM(total) AS total FROM list_total WHERE kind = 'customers'
                GROUP BY partner_id) t ON t.partner_id = p.id
        WHERE COALESCE(n.found, 0) <> COALESCE(t.total, 0)""",
    ),
    Check(
        "Customer {uuid} was merged into one of another partner, or into one that was merged itself.",
        """SELECT m.uuid FROM member m JOIN member n ON n.id = m.merged_into_id
        WHERE n.partner_id <> m.partner_id OR n.merged_into_id IS NOT NULL""",
    ),
    Check(
        "Customer {uuid} was erased or merged, but something of the person is left.",
        """SELECT uuid FROM member WHERE (erased_at IS NOT NULL OR merged_into_id IS NOT NULL) AND (first_name <> ''
            OR COALESCE(surname, phone, phone_typed, mail, external_user_id, password_hash) IS NOT NULL
            OR date_of_birth IS NOT NULL OR gender IS NOT NULL)""",
    ),
    Check(
        "Customer {uuid} is found by no word, or by another partner, or by words though it is there no more.",
        """SELECT m.uuid FROM member m WHERE (SELECT COUNT(*) FROM member_word w WHERE w.member_id = m.id) = 0
            AND m.erased_at IS NULL AND m.merged_into_id IS NULL AND m.phone IS NOT NULL
        UNION SELECT m.uuid FROM member_word w JOIN member m ON m.id = w.member_id
            WHERE w.partner_id <> m.partner_id OR m.erased_at IS NOT NULL OR m.merged_into_id IS NOT NULL""",
    ),
    Check(
        "Customers of partner {slug} who are alike by {key}: {told} are told, but there are {found}.",
        """SELECT p.slug, COALESCE(n.key, l.key) AS key, COALESCE(l.customers, 0) AS told, COALESCE(n.found, 0) AS found
        FROM (SELECT partner_id, key, COUNT(*) AS found FROM (SELECT partner_id, name_key AS key FROM member
                UNION ALL SELECT partner_id, mail_key FROM member) every WHERE key IS NOT NULL GROUP BY partner_id, key) n
            FULL JOIN member_likeness l ON l.partner_id = n.partner_id AND l.key = n.key
            JOIN partner p ON p.id = COALESCE(n.partner_id, l.partner_id)
        WHERE COALESCE(l.customers, 0) <> COALESCE(n.found, 0)""",
    ),
    Check(
        "Customer {uuid} is compared by what the row does not say, or has another month of birth.",
        """SELECT uuid FROM member WHERE (name_key IS NULL) <> (date_of_birth IS NULL) OR (mail_key IS NULL) <> (mail IS NULL)
            OR birth_month IS DISTINCT FROM CAST(SUBSTR(CAST(date_of_birth AS VARCHAR(10)), 6, 2) AS INTEGER)""",
    ),
    Check(
        "Customer {uuid} has a phone that nobody typed, or typed one that is none.",
        "SELECT uuid FROM member WHERE (phone IS NULL) <> (phone_typed IS NULL)",
    ),
    Check(
        "Customer {uuid} is in segment {name} of another partner, in one that has a rule, or was erased or merged.",
        """SELECT m.uuid, s.name FROM segment_member i JOIN segment s ON s.id = i.segment_id JOIN member m ON m.id = i.member_id
        WHERE s.partner_id <> m.partner_id OR s.rule IS NOT NULL OR m.erased_at IS NOT NULL OR m.merged_into_id IS NOT NULL""",
    ),
)
