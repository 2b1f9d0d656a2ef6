"""Learning the embeddings of matching/embedding."""
