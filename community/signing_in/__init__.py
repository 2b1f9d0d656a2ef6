"""Proving who somebody is to a browser: a code by mail or a link from the chat; no passwords."""
