"""Lists that are shown a page at a time."""


def last_page(total: int, size: int) -> int:
    """The number of the last page: who comes from a longer list may ask for one behind it."""
    return max(1, -(-total // size))
