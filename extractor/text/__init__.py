"""The text of a source: its clean view, its lines, sentences and clauses, and one index of the spans in it."""
