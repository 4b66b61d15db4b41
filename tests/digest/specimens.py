"""Hostile words and digests made by hand, for tests that need no warehouse."""

from __future__ import annotations

from datetime import timedelta

from flows.digest.records import Digest, Line, Quote, Section, Window
from tests.digest.press import DAY

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<body onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "</blockquote><h1>Buy now</h1>",
    "</style><script>alert(1)</script>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<a href='javascript:alert(1)'>x</a>",
    "\u202egnp.exe\u2066<b>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:///nohost",
    "https://",
    "https://news.example\\@evil.example/",
    "https://news.example@evil.example/",
    'https://news.example/" onclick="alert(1)',
    "https://news.example/\r\nBcc: evil@evil.example",
    "https://news.example/\u202egpj",
    "https://[::1",
    "ftp://news.example/x",
    "",
)
HEADER_PARTS = (
    "\r\nBcc: evil@evil.example", "\nTo: evil@evil.example", "\r\r\n\r\n<html>", "=?utf-8?q?x=0D=0ABcc:_evil@evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=", "==??utf-8?q?=0ABcc:e?=", "\x85Bcc: e", "\u2028Bcc: e", "\x0bBcc: e", "\x00", "=?",
    "?=",
    "中国出口管制", "ü", "@", "<", ">", ",", ";", '"', "\\", "(", "𝒳", "👩‍🚀", " ", "a" * 90,
)  # fmt: skip


def quote(
    text: str = "It is announced.", language: str = "en", direction: str = "ltr", url: str | None = "https://news.example/a"
) -> Quote:
    """The words of an article."""
    return Quote(text, language, "English", direction, "Morning Wire", "2025-03-01", url)


def digest_with(headline: str = "China: export controls", words: Quote | None = None) -> Digest:
    """A digest of one event."""
    line = Line("0123456789abcdef", headline, (("Stage", "announced"),), words or quote())
    window = Window(DAY, DAY + timedelta(days=1), "2025-03-01")
    return Digest(window, "Trade measures, 2025-03-01 (UTC)", "Changes: 1 new.", (Section("New", (line,)),), Section("Ahead", ()))
