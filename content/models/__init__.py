"""Everything an editor can write."""

from content.models.base import BasePage, ReviewState
from content.models.conditions import ConditionIndexPage, ConditionPage
from content.models.desk import BrokenLink, PageFeedback, SearchMiss
from content.models.faqs import FAQIndexPage, QuestionPage
from content.models.glossary import GlossaryPage, GlossaryTerm
from content.models.home import HomePage
from content.models.images import ClinicImage, ClinicRendition
from content.models.searched import SearchedPage, SearchedWord
from content.models.settings import ClinicSettings
from content.models.snippets import DangerMessage, Source
from content.models.standard import HelpPage, StandardPage
from content.models.treatments import TreatmentIndexPage, TreatmentPage

__all__ = [
    "BasePage",
    "BrokenLink",
    "ClinicImage",
    "ClinicRendition",
    "ClinicSettings",
    "ConditionIndexPage",
    "ConditionPage",
    "DangerMessage",
    "FAQIndexPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HelpPage",
    "HomePage",
    "PageFeedback",
    "QuestionPage",
    "ReviewState",
    "SearchMiss",
    "SearchedPage",
    "SearchedWord",
    "Source",
    "StandardPage",
    "TreatmentIndexPage",
    "TreatmentPage",
]
