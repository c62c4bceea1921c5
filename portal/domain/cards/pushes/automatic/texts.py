"""The usual texts of automatic pushes, which each holder reads in their own language: their words are filled in for each card."""

from portal.domain.sentences import say

WELCOME = say("Welcome, {name}! Your card is ready: show it at your next visit.")
BIRTHDAY = say("Happy birthday, {name}! Come by and let us celebrate you.")
LEFT = say("{name}, your reward is close. Stamps to go: {left}.")
EXPIRING = say("{name}, {amount} on your card are good until {day}. Use them in time.")
WIN_BACK = say("{name}, we have not seen you for a while. Your card is waiting for you.")
