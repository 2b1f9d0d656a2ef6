"""Pictures of numbers, drawn here: as SVG for the pages, as PNG for the chat."""
