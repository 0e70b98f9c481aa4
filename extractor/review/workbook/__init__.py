"""The spreadsheet that reviewers may work in instead of the pages: written, read, and held against the store."""
