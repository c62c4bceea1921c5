"""The affiliate programme as its contract tells it, in plain Python: what every call must answer and leave behind.

Nothing here asks the portal. Money is minor units, time microseconds, durations seconds, percentages hundredths of a percent.
"""
