"""Costs of confusing sounds: set by hand from how romanisations differ."""

SWAPS: dict[str, float] = {
    "k q": 0.08, "k c": 0.08, "c q": 0.15, "k g": 0.5, "q g": 0.3, "q gh": 0.15, "k kh": 0.35, "q kh": 0.35, "c kh": 0.5,
    "kh h": 0.2, "kh ch": 0.3, "kh gh": 0.35, "kh x": 0.2, "h x": 0.4, "g gh": 0.1, "g h": 0.45, "gh h": 0.5, "g j": 0.3, "gh j": 0.5,
    "g ng": 0.3, "n ng": 0.15, "k ng": 0.8,
    "j zh": 0.2, "j ch": 0.4, "j y": 0.25, "j i": 0.3, "j sh": 0.5, "j z": 0.4, "j dh": 0.6, "j s": 0.7, "zh sh": 0.4, "zh z": 0.25, "zh g": 0.4,
    "ch sh": 0.25, "ch ts": 0.35, "ch c": 0.2, "ch k": 0.45, "ch s": 0.5, "ch t": 0.6, "ch q": 0.5, "ch h": 0.4, "ch g": 0.6, "ch zh": 0.25,
    "s z": 0.25, "s sh": 0.3, "s c": 0.2, "s ts": 0.35, "s th": 0.3, "s x": 0.2, "z ts": 0.3, "z dh": 0.15, "z th": 0.4, "z c": 0.35, "z d": 0.45,
    "sh x": 0.3, "q j": 0.6, "q x": 0.7, "c ts": 0.15, "c x": 0.5,
    "d t": 0.4, "d dh": 0.12, "t th": 0.12, "d th": 0.4, "dh th": 0.3, "t dh": 0.5, "t ts": 0.5,
    "b p": 0.35, "b v": 0.25, "p f": 0.3, "f v": 0.25, "b f": 0.6, "b w": 0.5, "v w": 0.1, "w f": 0.5,
    "l r": 0.5, "m n": 0.5,
    "a e": 0.25, "a o": 0.3, "a i": 0.4, "a u": 0.4, "e i": 0.2, "e o": 0.4, "e u": 0.5, "i o": 0.5, "i u": 0.4, "o u": 0.12,
    "i y": 0.05, "e y": 0.3, "u y": 0.3, "a y": 0.5, "o y": 0.5, "u w": 0.1, "o w": 0.25, "u v": 0.4, "a w": 0.6,
    "alif a": 0.0, "alif e": 0.05, "alif i": 0.15, "alif o": 0.1, "alif u": 0.15, "alif y": 0.5, "alif ya": 0.3, "alif waw": 0.4, "alif h": 0.4, "alif w": 0.6,
    "waw w": 0.0, "waw u": 0.0, "waw o": 0.0, "waw v": 0.05, "waw a": 0.4, "waw e": 0.35, "waw y": 0.5, "waw i": 0.4, "waw ya": 0.6, "waw f": 0.4, "waw b": 0.5,
    "ya y": 0.0, "ya i": 0.0, "ya e": 0.05, "ya j": 0.3, "ya a": 0.25, "ya u": 0.5, "ya o": 0.5,
    "hk k": 0.03, "hk g": 0.03, "hk c": 0.1, "hk q": 0.2, "hk kh": 0.3, "hk ch": 0.6, "hk ng": 0.5,
    "ht t": 0.03, "ht d": 0.03, "ht th": 0.1, "ht ch": 0.6, "ht s": 0.6, "hp p": 0.03, "hp b": 0.03, "hp f": 0.3, "hp v": 0.4,
    "ts j": 0.35, "d j": 0.5, "hj d": 0.5, "hj j": 0.03, "hj ch": 0.03, "hj zh": 0.05, "hj q": 0.05, "hj z": 0.3, "hj ts": 0.3, "hj c": 0.3, "hj sh": 0.4, "hj g": 0.4, "hj k": 0.4, "hj s": 0.5, "hj t": 0.6, "hj hk": 0.5,
    "hx x": 0.0, "hx sh": 0.05, "hx s": 0.08, "hx h": 0.3, "hx ch": 0.4, "hx hj": 0.5,
    "hr r": 0.03, "hr l": 0.03, "hr n": 0.3, "hr j": 0.15, "hr y": 0.4,
    "h a": 0.35, "h e": 0.35, "t h": 0.4,
}  # fmt: skip
"""cost of swapping two sounds where it is below 1, as "one other": cost"""

INSERT: dict[str, float] = {
    "a": 0.4, "e": 0.35, "i": 0.4, "o": 0.45, "u": 0.4, "y": 0.35, "w": 0.5, "h": 0.35, "j": 0.7,
    "alif": 0.25, "waw": 0.5, "ya": 0.35, "gh": 0.9, "kh": 0.9,
}  # fmt: skip
"""cost of one sound too many where it is below 1"""

INSERT_VOWELLESS: dict[str, float] = {
    "a": 0.06, "e": 0.05, "i": 0.12, "o": 0.1, "u": 0.12, "y": 0.2, "w": 0.3, "h": 0.25, "alif": 0.15, "waw": 0.45, "ya": 0.3,
}  # fmt: skip
"""the same when one of the two words is vowel-less"""
