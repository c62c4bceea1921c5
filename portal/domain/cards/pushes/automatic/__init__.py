"""Pushes that nobody writes: welcome, birthday, few stamps left, what is about to end, and who stays away."""
