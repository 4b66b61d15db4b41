"""Pages of our own as different sites build them."""

from datetime import UTC, datetime

from models.records import Page
from tests.articles.samples import ORDINARY

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
URL = "https://www.example.org/economy/safeguards?utm_source=feed"


def page(html: str | bytes, *, url: str = URL, content_type: str | None = "text/html; charset=utf-8") -> Page:
    """What a server answered on 5 March 2026."""
    return Page(url, url, html.encode() if isinstance(html, str) else html, content_type, NOW)


def paragraphs(language: str) -> str:
    """The ordinary article as HTML paragraphs."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in ORDINARY[language][1].split("\n\n"))


def blog(language: str) -> str:
    """A weblog: breadcrumbs, sidebar, share bar, related posts, comments; dates in meta elements; the site's name in the title."""
    title = ORDINARY[language][0]
    return f"""<!doctype html><html lang="{language}-XX"><head><meta charset="utf-8">
    <title>{title} | Example Trade Review</title>
    <meta property="og:site_name" content="Example Trade Review">
    <meta property="article:published_time" content="2026-03-04T22:30:00-05:00">
    <meta property="article:modified_time" content="2026-03-05T09:00:00Z"><link rel="canonical" href="/economy/safeguards"></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/economy">Economy</a></li></ul></nav>
    <div class="breadcrumb">Home » Economy » {title}</div>
    <main><article><h1>{title}</h1><div class="share-bar"><a href="#">Facebook</a> <a href="#">WhatsApp</a></div>
    <div class="entry-content">{paragraphs(language)}</div>
    <section class="related"><h3>Related</h3><ul><li><a href="/a">Ten things about quotas</a></li></ul></section></article>
    <section id="comments" class="comments-area"><h2>2 thoughts on “{title}”</h2><ol class="comment-list">
    <li class="comment"><p>I could not agree more with the author of this piece, well written and to the point.</p></li></ol>
    <div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published.</p></div></section></main>
    <aside class="sidebar"><h2>Most read</h2><p>Subscribe to our newsletter and never miss a story again.</p></aside>
    <footer>© 2026 Example Trade Review. All rights reserved.</footer></body></html>"""


def newspaper(language: str) -> str:
    """A newspaper: JSON-LD with a graph, teasers between the paragraphs, no article element."""
    title, body = ORDINARY[language]
    first, *rest = [f"<p>{paragraph}</p>" for paragraph in body.split("\n\n")]
    return f"""<html lang="en"><head><title>{title} - Example Daily</title><script type="application/ld+json">{{"@context": "https://schema.org",
    "@graph": [{{"@type": "WebSite", "name": "Example Daily"}}, {{"@type": "NewsArticle", "headline": "{title}", "datePublished":
    "2026-03-03T06:00:00+01:00", "dateModified": "2026-03-03T06:00:00+01:00"}}]}}</script></head><body>
    <div id="header"><a href="/">Example Daily</a>
    <div class="menu"><a href="/1">Politics</a> <a href="/2">Sport</a></div></div><div class="article-body"><h1>{title}</h1>{first}
    <div class="teaser"><a href="/other">Another story that you might like to read today</a></div>{"".join(rest)}</div>
    <div class="cookie-consent">We use cookies. <button>Accept</button></div></body></html>"""


def plain(language: str) -> str:
    """A ministry's page of the nineties: tables, no dates, no semantics."""
    title = ORDINARY[language][0]
    return f"""<html><head><title>{title}</title></head><body><table><tr><td><a href="/">Home</a><br><a href="/s">Search</a></td>
    <td><h1>{title}</h1>{paragraphs(language)}</td></tr></table></body></html>"""


TEMPLATES = {"blog": blog, "newspaper": newspaper, "plain": plain}
