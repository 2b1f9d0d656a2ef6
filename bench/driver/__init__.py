"""The QQ side of a bot under measurement: OneBot v11 over a real WebSocket, and its process."""
