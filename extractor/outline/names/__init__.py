"""Names of actors in a clean text: places by a gazetteer, zones, organs, firms; and whose document it is."""
