"""What a number can be in a date: any number, a day of the month, a month, a year."""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": 20, "卅": 30}
_FIRST_YEAR, _LAST_YEAR = 1950, 2059
_LAST_DAY, _LAST_MONTH = 31, 12
_YEAR_DIGITS = 4


def read_numeral(text: str) -> int | None:
    """Return the value of digits of any script ("٢٠٢٣", "２０２３") or of kanji ("二十三", "二〇二三"); None where they make no number."""
    if text.isdecimal():
        return int(text)
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) != 1 or text in _DIGITS else None
    total = 0
    current: int | None = None
    for sign in text:
        if sign in _DIGITS:
            if current is not None and current != 0:
                return None
            current = _DIGITS[sign]
        elif sign in _UNITS:
            total += (1 if current is None else current) * _UNITS[sign]
            current = None
        elif sign in _TENS:
            total += _TENS[sign]
        else:
            return None
    return total + (current or 0)


def number_slots(text: str) -> dict[str, int | str]:
    """Return the slots that the number `text` can fill, with its values."""
    value = read_numeral(text)
    if value is None:
        return {"digits": 0}
    slots: dict[str, int | str] = {"digits": value}
    digits = len(text) if text.isdecimal() or len(text) == _YEAR_DIGITS else len(str(value))
    if digits == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR:
        slots["year"] = value
    if digits < _YEAR_DIGITS:
        slots["n"] = value
    if digits <= 2:
        if digits == 2:
            slots["yy"] = 2000 + value
        if 1 <= value <= _LAST_DAY:
            slots["day"] = value
        if 1 <= value <= _LAST_MONTH:
            slots["mon"] = value
    return slots
