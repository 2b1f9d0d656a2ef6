"""The pages: one subject a file, each with its ``router``."""
