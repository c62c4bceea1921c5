"""What staff do with a member's offers: grants, codes, uses that were a mistake, bans."""
