"""Takes messages from a queue and processes them."""

__version__ = "0.1.0"
