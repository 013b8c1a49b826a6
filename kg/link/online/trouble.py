"""The exception that stands for every way in which a service can fail to answer."""


class Unanswered(Exception):
    """A service gave no usable answer; the message says which and why. It never leaves `kg.link.online`."""
