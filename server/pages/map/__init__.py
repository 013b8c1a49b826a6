"""The map and the timeline."""
