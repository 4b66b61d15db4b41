"""Errors that the user can mend: the message says what is wrong, where, and what to do."""

from __future__ import annotations


class MendableError(Exception):
    """Something outside the code is wrong; the command line tells the message without a trace."""


class ConfigError(MendableError, ValueError):
    """A configuration file that cannot be used; the message names the place and the mend."""
