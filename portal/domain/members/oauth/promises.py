"""What always holds of a club's apps and of their tokens."""

from portal.domain.areas import Check

PROMISES = (
    Check(
        "Chain of tokens {id} is another partner's than its member, or than its app.",
        """SELECT c.id FROM token_chain c JOIN member m ON m.id = c.member_id LEFT JOIN oauth_app a ON a.id = c.app_id
        WHERE m.partner_id <> c.partner_id OR a.partner_id <> c.partner_id""",
    ),
    Check(
        "Code {id} of app {client_id} is for a member of another partner, or was used and began nothing.",
        """SELECT o.id, a.client_id FROM oauth_code o JOIN oauth_app a ON a.id = o.app_id JOIN member m ON m.id = o.member_id
        WHERE m.partner_id <> a.partner_id OR (o.used_at IS NOT NULL) <> (o.chain_id IS NOT NULL)""",
    ),
    Check(
        "App {client_id} is known by a client token of another partner.",
        """SELECT a.client_id FROM oauth_app_token l JOIN oauth_app a ON a.id = l.app_id JOIN client_token t ON t.id = l.token_id
        WHERE t.partner_id <> a.partner_id""",
    ),
    Check(
        "Client token {id} is taken for a program of another partner.",
        """SELECT l.token_id AS id FROM client_lineage l JOIN client_token t ON t.id = l.token_id
        JOIN client_token f ON f.id = l.first_id WHERE t.partner_id <> f.partner_id""",
    ),
    Check(
        "App {client_id} was removed, but a member is signed in by it still.",
        """SELECT a.client_id FROM oauth_app a JOIN token_chain c ON c.app_id = a.id
        WHERE a.archived_at IS NOT NULL AND c.ended_at IS NULL""",
    ),
)
