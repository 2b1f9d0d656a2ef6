"""Applying on a page: what is half written, the mail address behind it, and files as proof."""
