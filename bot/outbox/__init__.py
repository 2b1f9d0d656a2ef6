"""Sending: pacing per conversation, retries, order kept, and a breaker for a channel in trouble."""
