"""Configuration files in, validated objects out; what is wrong is named with file, line or key, and the mend."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG = Path(__file__).parent
"""The folder of the shipped configuration."""


class Settled(BaseModel):
    """A part of the configuration: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Shape = TypeVar("Shape", bound=BaseModel)


def read_toml(path: Path, shape: type[Shape]) -> Shape:
    """Read the TOML file at `path` as a `shape`.

    Raises:
        ConfigError: the file is missing, is no TOML, or does not fit; every misfit is named with its line or key.

    """
    text = _read_text(path)
    try:
        return shape.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}. Mend the syntax there; https://toml.io explains it") from error
    except ValidationError as error:
        raise ConfigError(_explain(path, text, error, shape)) from error


def read_csv(path: Path, shape: type[Shape]) -> list[Shape]:
    """Read the CSV file at `path`, with a header line, as one `shape` a line; empty cells are left out.

    Raises:
        ConfigError: the file is missing or a line does not fit; the line is named.

    """
    rows: list[Shape] = []
    reader = csv.DictReader(_read_text(path).splitlines())
    for cells in reader:
        try:
            rows.append(shape.model_validate({key: value for key, value in cells.items() if value}))
        except ValidationError as error:
            faults = "; ".join(_fault(list(fault["loc"]), dict(fault), shape) for fault in error.errors())
            raise ConfigError(f"{path}:{reader.line_num}: {faults}") from error
    return rows


def merge_toml(folder: Path, part: type[BaseModel], whole: type[Shape]) -> Shape:
    """Read every TOML file of `folder` as a `part`, whose fields are all tuples, and join them into one `whole`.

    Raises:
        ConfigError: a file does not fit, or the files do not fit together.

    """
    merged: dict[str, tuple[object, ...]] = dict.fromkeys(part.model_fields, ())
    for path in sorted(folder.glob("*.toml")):
        read = read_toml(path, part)
        for name in merged:
            merged[name] += getattr(read, name)
    try:
        return whole.model_validate(merged)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{folder}: {fault['msg']}" for fault in error.errors())) from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; restore it from the repository or name another folder") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error


def _explain(path: Path, text: str, error: ValidationError, shape: type[BaseModel]) -> str:
    lines = []
    for fault in error.errors():
        where = list(fault["loc"])
        line = _line_of(text, where)
        lines.append(f"{path}{f':{line}' if line else ''}: {_fault(where, dict(fault), shape)}")
    return "\n".join(lines)


def _fault(where: list[int | str], fault: Mapping[str, Any], shape: type[BaseModel]) -> str:
    key = ".".join(str(part) for part in where) or "file"
    if fault["type"] == "extra_forbidden":
        return f"{key}: unknown key; known here: {', '.join(_known_keys(shape, where[:-1]))}. Remove it or mend its spelling"
    if fault["type"] == "missing":
        return f"{key}: missing; add it"
    return f"{key}: {fault['msg']} (found {fault['input']!r:.80})"


def _known_keys(shape: type[BaseModel], where: list[int | str]) -> list[str]:
    """Keys allowed at `where` inside `shape`, following lists and nested shapes by name."""
    here: Any = shape
    for part in where:
        if isinstance(part, int):
            continue
        field = getattr(here, "model_fields", {}).get(part)
        if field is None:
            return ["see the documentation"]
        here = _innermost(field.annotation)
    return sorted(getattr(here, "model_fields", {})) or ["see the documentation"]


def _innermost(annotation: Any) -> Any:
    """What a list, a tuple of any length or an optional value holds in the end."""
    arguments = [argument for argument in getattr(annotation, "__args__", ()) if argument not in (..., type(None))]
    return _innermost(arguments[-1]) if arguments else annotation


def _line_of(text: str, where: list[int | str]) -> int | None:
    """Line of the table that a location such as ("agency", 12, "aliases") lies in, and of the key in it where it is found."""
    if not where:
        return None
    name, index = str(where[0]), where[1] if len(where) > 1 and isinstance(where[1], int) else None
    lines = text.splitlines()
    header = (
        re.compile(rf"\s*\[\[{re.escape(name)}\]\]")
        if index is not None
        else re.compile(rf"\s*(\[{re.escape(name)}[\].]|{re.escape(name)}\s*=)")
    )
    starts = [number for number, line in enumerate(lines, 1) if header.match(line)]
    if not starts or (index is not None and index >= len(starts)):
        return None
    start = starts[index or 0]
    keys = [str(part) for part in where[1:] if not isinstance(part, int)]
    if keys:
        key = re.compile(rf"\s*(\[.*{re.escape(keys[0])}\]|{re.escape(keys[0])}\s*[=.])")
        stop = starts[index + 1] if index is not None and index + 1 < len(starts) else len(lines) + 1
        for number in range(start, stop):
            if key.match(lines[number - 1]):
                return number
    return start
