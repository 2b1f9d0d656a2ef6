"""Keeping the promise of a receipt: what fits an open post later is told to its author."""
