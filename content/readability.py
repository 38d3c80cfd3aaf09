"""How hard a text is to read: Flesch-Kincaid grade for English, INFLESZ for Spanish.

English: grade = 0.39 * words per sentence + 11.8 * syllables per word - 15.59
(Kincaid, Fishburne, Rogers, Chissom. Derivation of new readability formulas for Navy enlisted
personnel. 1975).

Spanish: score = 206.835 - 62.3 * syllables per word - words per sentence (Szigriszt Pazos.
Sistemas predictivos de legibilidad del mensaje escrito. 1993), read on the INFLESZ scale: 55 and
above is normal or easier (Barrio-Cantalejo et al. An Sist Sanit Navar. 2008;31(2):135-152).
"""

import re
from dataclasses import dataclass

from content.syllables import SYLLABLES

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+")
# Labels, headings and buttons are not sentences; counting them would flatter the page.
FRAGMENT = 4


@dataclass(frozen=True)
class Reading:
    """The counts of a text, and its score in its language."""

    language: str
    sentences: int
    words: int
    syllables: int

    @property
    def score(self):
        """English: US school grade, lower is easier. Spanish: 0 to 100, higher is easier."""
        if not self.words:
            return 0.0 if self.language == "en" else 100.0
        per_sentence, per_word = self.words / self.sentences, self.syllables / self.words
        if self.language == "es":
            return 206.835 - 62.3 * per_word - per_sentence
        return 0.39 * per_sentence + 11.8 * per_word - 15.59

    @property
    def difficulty(self):
        """The score turned so that, in both languages, more is harder."""
        return self.score if self.language == "en" else -self.score


def split_sentences(pieces):
    """Return the sentences in pieces of text, without fragments of four words and fewer."""
    sentences = (s.strip() for piece in pieces for s in SENTENCE_END.split(piece))
    return [sentence for sentence in sentences if len(WORD.findall(sentence)) > FRAGMENT]


def measure(sentences, language):
    """Measure sentences that `split_sentences` returned."""
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    count = SYLLABLES[language]
    return Reading(language, len(sentences), len(words), sum(count(word) for word in words))


def hardest(sentences, language, how_many):
    """Return the sentences that are hardest on their own, the hardest first."""
    return sorted(sentences, key=lambda s: measure([s], language).difficulty, reverse=True)[
        :how_many
    ]
