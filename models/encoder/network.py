"""The network: a BERT encoder and the heads that read policy actions off its states. `transformers` defines, saves and loads it.

What a sentence tells: for each instrument, attention over the sentence's pieces gives a vector and a score (label-wise attention,
Mullenbach et al. 2018), and of the vector each status has a score. What fills the roles: each event, a (sentence, instrument, status),
is held against each candidate of the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, BertConfig, PretrainedConfig, PreTrainedModel

from models.encoder.layout import DISTANCES, MEASURES, SORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLES = ("issuer", "target", "body", "firm", "item", "rate", "date", "effective")
"""What a candidate may be to an event; the order is part of a trained model."""
SPECIALS = ("date_none", "date_published", "effective_none", "rate_none", "every_target", "background")
"""What may be said of an event without a candidate."""
PAIRS = ("same", "answers")
"""What two events of one article may be to each other."""
OUTSIDE = "O"


class EventConfig(PretrainedConfig):  # type: ignore[misc]
    """Sizes of the network and the classes it tells apart."""

    model_type = "tradewire"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        instruments: Sequence[str] = (),
        statuses: Sequence[str] = (),
        items: Sequence[str] = (),
        entities: Sequence[str] = (),
        width: int = 192,
        dropout: float = 0.1,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.encoder = dict(encoder or BertConfig().to_dict())
        self.instruments = list(instruments)
        self.statuses = list(statuses)
        self.items = list(items)
        self.entities = list(entities)
        self.width = width
        self.dropout = dropout

    @property
    def tags(self) -> list[str]:
        """Classes of pieces: outside, and each entity type at its begin and inside."""
        return [OUTSIDE, *(f"{place}-{entity}" for entity in self.entities for place in "BI")]


class SentenceHead(nn.Module):
    """Which instruments and stages each sentence tells."""

    def __init__(self, config: EventConfig, hidden: int) -> None:
        super().__init__()
        instruments, statuses, width = len(config.instruments), len(config.statuses), config.width
        self.key = nn.Linear(hidden, width)
        self.query = nn.Parameter(torch.randn(instruments, width) * width**-0.5)
        self.told = nn.Parameter(torch.randn(instruments, 2 * hidden) * 0.02)
        self.bias = nn.Parameter(torch.full((instruments,), -2.0))
        self.event = nn.Linear(2 * hidden, 2 * width)
        self.name = nn.Parameter(torch.randn(instruments, 2 * width) * 0.02)
        self.norm = nn.LayerNorm(2 * width)
        self.status = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, statuses))
        self.drop = nn.Dropout(config.dropout)

    def forward(self, states: Tensor, membership: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Read sentences.

        Args:
            states: (T, hidden) of the encoder.
            membership: (S, T), 1 where a piece belongs to a sentence.

        Returns:
            Scores of instruments (S, I) and of statuses (S, I, K), vectors of events (S, I, 2 * width), and the place among
            the pieces that each instrument was read at (S, I).

        """
        mean = (membership @ states) / membership.sum(1, keepdim=True).clamp(min=1)
        scores = self.key(states) @ self.query.T
        masked = scores.T.unsqueeze(0) + (membership.unsqueeze(1) - 1) * 1e4
        attention = masked.softmax(-1)
        read = attention @ states
        both = torch.cat([read, mean.unsqueeze(1).expand_as(read)], -1)
        instruments = (both * self.told).sum(-1) + self.bias
        vectors = self.norm(self.event(self.drop(both)) + self.name)
        places = attention @ torch.arange(states.shape[0], dtype=states.dtype)
        return instruments, self.status(vectors), vectors, places


class RoleHead(nn.Module):
    """Which candidates fill the roles of events, and what events are to each other."""

    def __init__(self, config: EventConfig, hidden: int) -> None:
        super().__init__()
        width, event = config.width, 2 * config.width
        self.status = nn.Embedding(len(config.statuses), event)
        self.norm = nn.LayerNorm(event)
        self.sort = nn.Embedding(len(SORTS), hidden)
        self.of_event, self.of_candidate = nn.Linear(event, width), nn.Linear(hidden, width)
        self.match_event, self.match_candidate = nn.Linear(event, width), nn.Linear(hidden, width)
        self.match = nn.Linear(width, width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.measure = nn.Linear(MEASURES, width)
        self.role = nn.Sequential(nn.GELU(), nn.Dropout(config.dropout), nn.Linear(width, width), nn.GELU(), nn.Linear(width, len(ROLES)))
        self.special = nn.Sequential(nn.Linear(event, width), nn.GELU(), nn.Linear(width, len(SPECIALS)))
        self.item = nn.Sequential(nn.Linear(event, width), nn.GELU(), nn.Linear(width, len(config.items)))
        self.one, self.other = nn.Linear(event, width), nn.Linear(event, width)
        self.pair_match = nn.Linear(event, width)
        self.pair_distance = nn.Embedding(DISTANCES, width)
        self.pair = nn.Sequential(nn.GELU(), nn.Linear(width, len(PAIRS)))
        self.drop = nn.Dropout(config.dropout)

    def forward(
        self,
        vectors: Tensor,
        statuses: Tensor,
        states: Tensor,
        spans: Tensor,
        sorts: Tensor,
        distances: Tensor,
        measures: Tensor,
        pair_distances: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Hold events against candidates and against each other.

        Args:
            vectors: (E, 2 * width) of events, from the sentence head.
            statuses: (E,) numbers of their statuses.
            states: (T, hidden) of the encoder.
            spans: (C, T) shares of the pieces in each candidate.
            sorts: (C,) numbers of the candidates' sorts.
            distances: (E, C) kinds of distance in sentences.
            measures: (E, C, 5) distances within the sentence.
            pair_distances: (E, E) kinds of distance in sentences between events.

        Returns:
            Scores of roles (E, C, 8), of what needs no candidate (E, 6), of items (E, items) and of pairs (E, E, 2).

        """
        events = self.drop(self.norm(vectors + self.status(statuses)))
        candidates = spans @ states + self.sort(sorts)
        matched = self.match_event(events).unsqueeze(1) * self.match_candidate(candidates).unsqueeze(0)
        hidden = (
            self.of_event(events).unsqueeze(1)
            + self.of_candidate(candidates).unsqueeze(0)
            + self.match(matched)
            + self.distance(distances)
            + self.measure(measures)
        )
        pairs = (
            self.one(events).unsqueeze(1)
            + self.other(events).unsqueeze(0)
            + self.pair_match(events.unsqueeze(1) * events.unsqueeze(0))
            + self.pair_distance(pair_distances)
        )
        return self.role(hidden), self.special(events), self.item(events), self.pair(pairs)


class EventModel(PreTrainedModel):  # type: ignore[misc]
    """Encoder and heads."""

    config_class = EventConfig
    base_model_prefix = "tradewire"

    def __init__(self, config: EventConfig) -> None:
        super().__init__(config)
        encoder = AutoConfig.for_model(**config.encoder)
        self.encoder = AutoModel.from_config(encoder, add_pooling_layer=False)
        hidden = encoder.hidden_size
        self.sentences = SentenceHead(config, hidden)
        self.roles = RoleHead(config, hidden)
        self.tags = nn.Linear(hidden, len(config.tags))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Leave the modules as their own constructors made them."""

    def encode(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return the states (passages, places, hidden) of padded passages."""
        states: Tensor = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return states


AutoConfig.register("tradewire", EventConfig)
AutoModel.register(EventConfig, EventModel)
