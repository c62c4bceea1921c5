"""The coupon desk: its pages, its JSON, and the shop where people try it."""
