"""What a community learns from its members' words and deeds about matches."""
