"""Corrections teach: from what reviewers decided to worked examples in the requests to a model."""
