"""Codes that staff make at the counter, for offers that are not used without one."""
