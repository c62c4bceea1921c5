"""The demo shop of a listing, where people try the whole way: it sells by the verbs that the API sells by."""
