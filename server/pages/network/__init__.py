"""The network that grows where it is clicked."""
