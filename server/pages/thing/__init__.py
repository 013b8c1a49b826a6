"""The page of whatever takes part in events: a person, a body, a group, a place, an asset."""
