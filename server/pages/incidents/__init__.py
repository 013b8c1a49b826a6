"""The list of incidents: what happened, each happening once."""
