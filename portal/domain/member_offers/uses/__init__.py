"""Uses of member offers: checked, made within their limits, undone."""
