"""SQL as it stands beside the function that needs it, made ready once."""

from functools import cache

from sqlalchemy import text

sql = cache(text)
