"""The StreamField vocabulary."""

from content.blocks.body import BodyBlock
from content.blocks.facts import KeyFactsBlock
from content.blocks.page_fields import (
    BODY_AREAS,
    CodeBlock,
    DangerSignsBlock,
    FDAUseBlock,
    QuestionSetBlock,
    TaskBlock,
)

__all__ = [
    "BODY_AREAS",
    "BodyBlock",
    "CodeBlock",
    "DangerSignsBlock",
    "FDAUseBlock",
    "KeyFactsBlock",
    "QuestionSetBlock",
    "TaskBlock",
]
