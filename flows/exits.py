"""How a command ends."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit status of every command."""

    DONE = 0
    PARTLY = 1
    """Done in part; what failed is listed."""
    USAGE = 2
    """Wrong use, or configuration that cannot be read."""
    NOTHING = 3
    """Nothing could be done."""
