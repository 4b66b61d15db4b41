"""One action, one row: mentions of many articles become the events of the timeline."""

from models.consolidation.timeline import consolidate

__all__ = ["consolidate"]
