"""How alike two words are, to the ear and to the eye."""

import re
from functools import lru_cache

# Spellings that people mix up, in English or in Spanish, reduced to one.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"[^a-z0-9]", ""),
        (r"ph", "f"),
        (r"qu|ck|ch(?=[rl])|k", "c"),
        (r"x", "cs"),
        (r"sc(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"g(?=[ei])", "j"),
        (r"v", "b"),
        (r"ll|y", "i"),
        (r"gh|h", ""),
        (r"(.)\1+", r"\1"),
    ]
]


@lru_cache(maxsize=50_000)
def sound(word):
    """Roughly how a folded word sounds: “botoks” and “botox” alike, “servical” and “cervical” too."""
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def letters(word):
    """The letters and digits of a sound as bits of a number, to tell quickly that two are not alike."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - ord("0"))
    return bits


def distance(one, other, limit):
    """How many letters to add, drop, change or swap; `limit` + 1 as soon as it is more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, before_above, row = row, before, [i]
        for j, target in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, before_above[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def tolerance(word):
    """How many mistakes a word of this length may have."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 11 else 3
