"""How wrong the network is on one article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from models.encoder.layout import distances, measures, sorts_of
from models.encoder.network import PAIRS, ROLES, SPECIALS
from models.training.examples import IGNORED

if TYPE_CHECKING:
    from torch import Tensor

    from models.encoder.network import EventModel
    from models.training.examples import Example, Groups

EVERYONE = "*"
_FAR = 1e4


@dataclass(frozen=True, slots=True)
class Losses:
    """Sums over what was judged, each with how many judgements it sums."""

    sums: dict[str, Tensor]
    counts: dict[str, int]


def losses_of(model: EventModel, states: Tensor, example: Example) -> Losses:
    """Return the losses of one article, `states` (T, hidden) being those of its pieces."""
    layout = example.layout
    membership = torch.from_numpy(layout.membership())
    instruments, statuses, vectors, places = model.sentences(states, membership)
    right = torch.from_numpy(example.instruments)
    sums = {"instrument": functional.binary_cross_entropy_with_logits(instruments, right, reduction="sum")}
    counts = {"instrument": len(right)}
    tags = torch.from_numpy(example.tags)
    sums["tags"] = functional.cross_entropy(model.tags(states), tags, ignore_index=IGNORED, reduction="sum")
    counts["tags"] = int((tags != IGNORED).sum())
    if not example.tellings:
        return Losses(sums, counts)
    sentence = torch.tensor([telling.sentence for telling in example.tellings])
    instrument = torch.tensor([telling.instrument for telling in example.tellings])
    status = torch.tensor([telling.status for telling in example.tellings])
    sums["status"] = _status_loss(statuses, sentence, instrument, status)
    counts["status"] = len(sentence)
    spans = layout.spans([(candidate.start, candidate.end) for candidate in example.candidates])
    homes, events = layout.sentence_of(spans), sentence.numpy()
    centres = places[sentence, instrument].detach().numpy()
    roles, specials, items, pairs = model.roles(
        vectors[sentence, instrument],
        status,
        states,
        torch.from_numpy(spans),
        torch.from_numpy(sorts_of(example.candidates)),
        torch.from_numpy(distances(events, homes)),
        torch.from_numpy(measures(centres, layout.centre_of(spans), events, homes)),
        torch.from_numpy(distances(events, events)),
    )
    sums["roles"] = _role_loss(model, example, roles, specials, items)
    counts["roles"] = len(sentence)
    sums["pairs"], counts["pairs"] = _pair_loss(example, pairs)
    return Losses(sums, counts)


def _status_loss(scores: Tensor, sentence: Tensor, instrument: Tensor, status: Tensor) -> Tensor:
    """Each status is told or not; a sentence may tell two stages under one instrument."""
    told: Tensor = torch.zeros_like(scores)
    told[sentence, instrument, status] = 1
    picked = scores[sentence, instrument]
    right = told[sentence, instrument]
    return functional.binary_cross_entropy_with_logits(picked, right, reduction="sum") + functional.cross_entropy(
        picked, status, reduction="sum"
    )


def pooled(scores: Tensor, groups: Groups) -> Tensor:
    """Return (E, G): the score of each value, told by any of the candidates that bear it."""
    members = torch.from_numpy(groups.members)
    return torch.logsumexp(scores.unsqueeze(1) + (members - 1).unsqueeze(0) * _FAR, -1)


def _role_loss(model: EventModel, example: Example, roles: Tensor, specials: Tensor, items: Tensor) -> Tensor:
    total = specials.new_zeros(())
    for number, role in enumerate(ROLES):
        groups = example.groups[role]
        right = torch.from_numpy(groups.right)
        scores = pooled(roles[:, :, number], groups) if groups.values else roles.new_zeros((len(example.tellings), 0))
        match role:
            case "item":
                total = total + _item_loss(model, example, items, scores)
            case "rate" | "effective":
                unsaid = [[not told.values(role)] for told in example.tellings]
                total = total + _choice_loss(scores, right, specials, (f"{role}_none",), unsaid)
            case "date":
                total = total + _choice_loss(scores, right, specials, ("date_none", "date_published"), _undated(example))
            case _:
                total = total + functional.binary_cross_entropy_with_logits(scores, right, reduction="sum") / 2
    everyone = torch.tensor([float(EVERYONE in told.values("target")) for told in example.tellings])
    recalled = torch.tensor([float(all(event.salience == "background" for event in told.events)) for told in example.tellings])
    for name, truth in (("every_target", everyone), ("background", recalled)):
        total = total + functional.binary_cross_entropy_with_logits(specials[:, SPECIALS.index(name)], truth, reduction="sum") / 2
    return total


def _undated(example: Example) -> list[list[bool]]:
    published = example.article.published
    return [[not told.values("date"), published in told.values("date")] for told in example.tellings]


def _item_loss(model: EventModel, example: Example, items: Tensor, scores: Tensor) -> Tensor:
    """Items are told by words that we know, and by all that the sentence says."""
    names: list[str] = model.config.items
    right = torch.tensor([[float(name in told.values("item")) for name in names] for told in example.tellings])
    return (
        functional.binary_cross_entropy_with_logits(with_items(items, scores, example.groups["item"].values, names), right, reduction="sum")
        / 2
    )


def with_items(items: Tensor, scores: Tensor, values: tuple[str, ...], names: list[str]) -> Tensor:
    """Return (E, items): the sentence's own score of each item and that of its words, where it has any."""
    if not values:
        return items
    places = torch.tensor([names.index(value) for value in values])
    return items.index_add(1, places, scores)


def _choice_loss(scores: Tensor, right: Tensor, specials: Tensor, names: tuple[str, ...], truths: list[list[bool]]) -> Tensor:
    """One value of all, or one of the special answers; where several are right any may be chosen, where none is nothing is judged."""
    columns = [SPECIALS.index(name) for name in names]
    choices = torch.cat([specials[:, columns], scores], 1)
    allowed = torch.cat([torch.tensor(truths, dtype=right.dtype), right], 1)
    judged = allowed.any(1)
    chosen = torch.logsumexp(choices + (allowed - 1) * _FAR, 1) - torch.logsumexp(choices, 1)
    return -(chosen * judged).sum()


def _pair_loss(example: Example, scores: Tensor) -> tuple[Tensor, int]:
    """Tellings of one event are the same; a telling answers those of the event that its own responds to."""
    tellings = example.tellings
    count = len(tellings)
    if count < 2:
        return scores.new_zeros(()), 0
    events = example.article.events
    same = np.array([[bool(set(one.numbers) & set(other.numbers)) for other in tellings] for one in tellings])
    answers = np.array(
        [[any(events[number].responds_to in other.numbers for number in one.numbers) for other in tellings] for one in tellings]
    )
    right = torch.from_numpy(np.stack([same, answers], -1).astype(np.float32))
    others = ~torch.eye(count, dtype=torch.bool)
    assert scores.shape[-1] == len(PAIRS)  # noqa: S101 - both are made here
    return functional.binary_cross_entropy_with_logits(scores[others], right[others], reduction="sum") / count, count
