"""Applying for membership: fill in, prove, confirm, and see how things stand."""
