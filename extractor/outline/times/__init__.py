"""The times in force in a document, as scopes; what its bare times hang on."""
