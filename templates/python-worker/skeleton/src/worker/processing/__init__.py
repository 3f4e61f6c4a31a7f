"""From a delivery to what became of it."""
