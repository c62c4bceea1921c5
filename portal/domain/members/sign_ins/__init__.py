"""Members sign in to a partner's club by a code that is mailed to them (cases: members, "Sign-in by a code in a mail")."""
