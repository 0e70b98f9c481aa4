"""A run over many documents: what is sent when, what it costs, what is kept of it."""
