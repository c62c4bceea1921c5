"""The demo shop of a listing."""
