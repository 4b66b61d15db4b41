"""What can be said of a policy action: instruments, statuses, items, and the ideas and rules by which they are told."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from pydantic import model_validator

from config.files import CONFIG, Settled, merge_toml


class Instrument(Settled):
    """One of the policy instruments."""

    id: str
    definition: str
    label: str
    """As it reads in an English line."""
    announced_means: str = "announced"
    """The status that an announcement of it comes to: a probe that is announced is open."""
    untold: str | None = None
    """Status when the sentence tells the act but no stage; None: no event then."""
    parties: bool = False
    """All sides are issuers, none is a target."""
    has_rate: bool = False
    """Whether a percentage beside it is a rate of duty."""


class Status(Settled):
    """One stage of a policy action."""

    id: str
    told_by: str
    """The idea that tells it."""
    rank: int
    """Where words of several stages stand together, the lowest rank governs."""
    definition: str
    label: str


class Item(Settled):
    """One class of goods, technology or services."""

    id: str
    definition: str
    group: str


class Concept(Settled):
    """An idea that every language has words for."""

    id: str
    definition: str
    owned: bool = False
    """Whether a country's adjective right beside its word tells whose act it is."""


class Rule(Settled):
    """Ideas that, told together, name an instrument."""

    instrument: str
    all: tuple[str, ...]
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Groups of items, of which one must be told too."""


class _File(Settled):
    instrument: tuple[Instrument, ...] = ()
    status: tuple[Status, ...] = ()
    item: tuple[Item, ...] = ()
    concept: tuple[Concept, ...] = ()
    rule: tuple[Rule, ...] = ()


class Taxonomy(_File):
    """Everything the folder `config/taxonomy/` holds."""

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """Instruments by id."""
        return {instrument.id: instrument for instrument in self.instrument}

    @cached_property
    def statuses(self) -> dict[str, Status]:
        """Statuses by id, in the order of a measure's life."""
        return {status.id: status for status in self.status}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.item}

    @cached_property
    def concepts(self) -> dict[str, Concept]:
        """Ideas by id."""
        return {concept.id: concept for concept in self.concept}

    @model_validator(mode="after")
    def _rules_name_what_is_there(self) -> Taxonomy:
        for rule in self.rule:
            if rule.instrument not in self.instruments:
                raise ValueError(f"rule for unknown instrument {rule.instrument!r}; add it to instruments.toml or mend the spelling")
            for concept in (*rule.all, *rule.any, *rule.none):
                if concept not in self.concepts:
                    raise ValueError(
                        f"rule for {rule.instrument}: unknown concept {concept!r}; add it to concepts.toml or mend the spelling"
                    )
        for told in self.status:
            if told.told_by not in self.concepts:
                raise ValueError(f"status {told.id}: unknown concept {told.told_by!r}; add it to concepts.toml or mend the spelling")
        for instrument in self.instrument:
            for status in (instrument.announced_means, instrument.untold):
                if status and status not in self.statuses:
                    raise ValueError(f"instrument {instrument.id}: unknown status {status!r}; use one of {', '.join(self.statuses)}")
        return self


@cache
def load_taxonomy(folder: Path = CONFIG / "taxonomy") -> Taxonomy:
    """Read all files of `folder` as one taxonomy.

    Raises:
        ConfigError: a file does not fit, or a rule names something that is not there.

    """
    return merge_toml(folder, _File, Taxonomy)
