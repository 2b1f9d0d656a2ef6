"""The bot as a process of its own, spoken to over a real WebSocket."""
