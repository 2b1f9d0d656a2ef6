"""Learning where words lie, for matching/meaning.py."""
