"""Client of god33: the messages and services of its contract are in :mod:`god33.v1`."""

__version__ = "0.1.0"
