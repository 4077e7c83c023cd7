"""One module a page: `page` makes it for a reader, `data` the same as JSON values.

Each takes a reading of the register, the `Site` and the two times; none knows how it was asked for.
"""
