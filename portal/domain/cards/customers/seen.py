"""When a customer was here last."""

# Numbers of operations grow with time: the last one that somebody did tells when, of `member m`.
SEEN = """(SELECT o.created_at FROM card_operation o WHERE o.member_id = m.id AND o.source <> 'system' ORDER BY o.id DESC LIMIT 1)"""
