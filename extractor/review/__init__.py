"""The reviewer's loop: what people decided about records, kept for ever and laid over every later run."""
