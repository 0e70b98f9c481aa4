"""All that speaks with an endpoint: the client, the modes of a reply, recordings, prices, tokens, what may not be shown."""
