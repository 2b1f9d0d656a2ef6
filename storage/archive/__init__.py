"""All rows of a database, or of one community, in one file that either kind of database takes.

A zip file: ``manifest.json`` (format, structure version, columns of each table and their kinds),
``rows.jsonl`` (one ``[table, [values …]]`` to a line, tables in the order of their foreign keys,
closed by ``["", number of rows]``), and whatever files the caller puts beside them.
"""
