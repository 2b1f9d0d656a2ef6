"""What goes wrong around the bot, and what has become of it afterwards."""
