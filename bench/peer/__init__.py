"""The plain bot that ours is measured beside: what a competent afternoon with NoneBot2 makes.

It stores what members need and offer with SQLModel, cuts texts with jieba, finds with FTS5, and
answers with the three best of the other kind. It has no inbox and no outbox, knows no members,
explains nothing and calls nobody: a message that comes while it is down, or while it dies, is lost.
"""
