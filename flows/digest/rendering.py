"""A digest as HTML and as plain text that tells the same; what comes from strangers is text in both, never markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

    from flows.digest.records import Digest

TEMPLATES = Path(__file__).parent / "templates"


def as_html(digest: Digest) -> str:
    """Return a whole page with its styles inlined: nothing in it is fetched from elsewhere, nothing runs."""
    from markupsafe import Markup

    # the style sheet is ours and holds no "<"; escaping it would break its quotes
    style = Markup((TEMPLATES / "digest.css").read_text(encoding="utf-8"))  # noqa: S704
    return _inliner().inline(_environment().get_template("digest.html").render(digest=digest, style=style)) + "\n"


def as_text(digest: Digest) -> str:
    """Return the plain-text twin: every fact of the HTML, and the addresses of its links."""
    return _environment().get_template("digest.txt").render(digest=digest) + "\n"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    # a missing field must not pass for an empty one
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html"]), undefined=StrictUndefined)


@cache
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
