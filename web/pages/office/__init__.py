"""The back office: one part a file."""
