"""Sentences made from answers: each is one message, and stands by itself.

What holds for `tizim.answer.prose` holds here: list, day and act near each other, no yes and no no, an absence is
not a delisting, and what was seen long ago is never told as of today.
"""
