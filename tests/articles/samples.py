"""Short texts of our own in the languages that are read, and the charsets that pages in them come in."""

import unicodedata
from pathlib import Path

TEXTS = {
    "en": "The government’s café tariff — “a naïve idea” — costs £5 billion, says the résumé of the debate.",
    "de": "Die Bundesregierung kündigte höhere Zölle auf Stahl an, erklärte Außenminister Müller. Die Maßnahme gilt ab Januar.",
    "fr": "Le gouvernement français a annoncé l'entrée en vigueur de droits sur l'acier. La mesure, jugée sévère, protège la filière.",
    "es": "El Gobierno español anunció aranceles más altos para el acero. La decisión entrará en vigor el próximo año.",
    "it": "Il governo italiano ha annunciato più dazi sull'acciaio. La misura sarà applicata perché l'attività è in difficoltà.",
    "pt": "O governo brasileiro anunciou tarifas mais altas sobre o aço. A decisão entrará em vigor após a publicação no Diário Oficial.",
    "nl": "De regering kondigde hogere invoerrechten aan voor staal uit België. Hij geldt één jaar, zei de financiële minister.",
    "id": "Pemerintah Indonesia menaikkan bea masuk baja mulai Januari – begitu kata “menteri” di Jakarta.",
    "pl": "Rząd ogłosił wyższe cła na stal. Środki wejdą w życie w przyszłym miesiącu, poinformował minister rozwoju.",
    "tr": "Hükümet çelik ithalatına uygulanan gümrük vergisini artırdı. Karar Resmî Gazete'de yayımlandı ve yarın yürürlüğe giriyor.",
    "vi": "Chính phủ Việt Nam áp thuế chống bán phá giá đối với thép nhập khẩu. Quyết định có hiệu lực từ ngày mai, theo Bộ Công Thương.",
    "ru": "Правительство России повысило пошлины на ввоз стали. Решение вступит в силу со следующего месяца, сообщил министр.",
    "ar": "رفعت الحكومة الرسوم الجمركية على واردات الصلب. ويدخل القرار حيز التنفيذ الشهر المقبل، كما قال وزير التجارة.",
    "hi": "सरकार ने इस्पात के आयात पर शुल्क बढ़ा दिया है। यह फैसला अगले महीने से लागू होगा, वाणिज्य मंत्री ने कहा।",
    "zh": "中国商务部周五宣布，对原产于美国的进口产品加征关税。该措施将于下个月一日起实施，相关企业可以提出申请。",
    "zh-Hant": "台灣經濟部週五宣布，對來自中國的鋼鐵產品課徵反傾銷稅。這項措施將於下個月一日起實施，相關企業可以提出申請。",
    "ja": "経済産業省は金曜日、半導体製造装置の輸出管理を強化すると発表した。この措置は来月一日から施行される見通しだ。",
    "ko": "산업통상자원부는 금요일 미국산 철강 제품에 대한 관세를 인상한다고 발표했다. 이번 조치는 다음 달 1일부터 시행된다.",
}
"""ISO 639-1 code, with the script where there are two, to a text whose letters every charset below can write."""

ORDINARY = {
    path.stem: tuple(path.read_text(encoding="utf-8").strip().split("\n\n", 1))
    for path in (Path(__file__).parent / "ordinary").glob("*.txt")
}
"""Ordinary articles on well-known facts of trade policy, title and body, one in each language that is read."""

WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15")
CHARSETS = {
    "en": ("windows-1252",),
    "de": WESTERN,
    "fr": WESTERN,
    "es": WESTERN,
    "it": WESTERN,
    "pt": WESTERN,
    "nl": WESTERN,
    "id": ("windows-1252",),
    "pl": ("windows-1250", "iso-8859-2"),
    "tr": ("windows-1254", "iso-8859-9"),
    "vi": ("windows-1258",),
    "ru": ("windows-1251", "koi8-r", "iso-8859-5"),
    "ar": ("windows-1256", "iso-8859-6"),
    "hi": (),
    "zh": ("gb2312", "gbk", "gb18030"),
    "zh-Hant": ("big5", "gb18030"),
    "ja": ("shift_jis", "euc-jp", "iso-2022-jp"),
    "ko": ("euc-kr", "cp949"),
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def encoded(text: str, charset: str) -> bytes:
    """Write `text` in `charset`; windows-1258 writes Vietnamese tones as letters of their own."""
    if charset == "windows-1258":
        text = "".join(_toned(letter) for letter in text)
    return text.encode(charset)


def _toned(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)) + tones
