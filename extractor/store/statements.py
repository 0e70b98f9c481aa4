"""SQL as it stands beside the function that needs it, made ready once."""

from functools import cache

from sqlalchemy import Connection, text

sql = cache(text)


def hold_document(connection: Connection, document: str) -> None:
    """What is written about a document takes turns. A writer of SQLite is alone as it is; in PostgreSQL its row is held."""
    if connection.dialect.name == "postgresql":
        connection.execute(sql("SELECT id FROM documents WHERE id = :id FOR UPDATE"), {"id": document})
