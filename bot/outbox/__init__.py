"""Sending: pacing per conversation, retries, order kept, a breaker for an account in trouble."""
