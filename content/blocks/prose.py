"""Words and pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from content.blocks.base import LONG_PROSE, PROSE, ItemsBlock, LedgerBlock, SectionBlock, named

STEP_DRAWINGS = [
    ("nerve", _("A nerve ending sends its signal, the muscle is tight")),
    ("signal", _("The signal is held back at the nerve ending")),
    ("muscle", _("The muscle below is loose")),
]
AREA_DRAWINGS = [
    ("migraine", _("Front and back of a head, with the areas for chronic migraine")),
    ("head", _("A body, the head marked")),
    ("face", _("A body, the face marked")),
    ("neck", _("A body, the neck marked")),
    ("underarm", _("A body, the underarms marked")),
    ("arm", _("A body, the arms and hands marked")),
    ("leg", _("A body, the legs marked")),
    ("limbs", _("A body, the arms and legs marked")),
]


class TextBlock(SectionBlock):
    lead = named(
        _("Lead"),
        blocks.CharBlock(
            required=False,
            max_length=200,
            help_text=_("One sentence in larger type: the section’s main message."),
        ),
    )
    body = named(_("Body"), blocks.RichTextBlock(features=LONG_PROSE))
    ledger = LedgerBlock()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "content/blocks/text.html"
        description = _("A heading and one to three short paragraphs.")
        preview_value = {
            "heading": "How it works",
            "lead": "Muscles move when nerves tell them to.",
            "body": "<p>Sometimes a nerve sends that message too strongly.</p>",
        }


class NoteBlock(SectionBlock):
    body = named(
        _("Body"), blocks.RichTextBlock(features=PROSE, help_text=_("One to three sentences."))
    )
    ledger = LedgerBlock()

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "content/blocks/note.html"
        description = _("A calm aside. A page has at most two callouts.")
        preview_value = {
            "heading": "Not for every headache",
            "body": "<p>Ask about other choices.</p>",
        }


class DescribedImageBlock(ImageBlock):
    """A picture with the words for those who cannot see it, refused without, explained beside."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        named(_("Image"), self.child_blocks["image"])
        self.child_blocks["alt_text"].field.help_text = _(
            "What the picture tells here, in one sentence. Readers who cannot see it hear this."
        )
        self.child_blocks["decorative"].field.help_text = _(
            "Tick only if the page says as much without the picture."
        )


class CaptionedImageBlock(blocks.StructBlock):
    image = named(_("Image"), DescribedImageBlock())
    caption = named(
        _("Caption"),
        blocks.CharBlock(
            required=False, help_text=_("Say what the picture helps the reader to do.")
        ),
    )

    class Meta:
        icon = "image"
        label = _("Captioned image")
        template = "content/blocks/captioned_image.html"
        description = _("A picture, with words for people who cannot see it.")
        preview_value = {"caption": "The front door is on the ground floor."}


class DrawnStepValue(blocks.StructValue):
    @property
    def template(self):
        """The template that draws this step."""
        return f"drawings/step_{self['drawing']}.svg"


class DrawnStepBlock(blocks.StructBlock):
    drawing = named(_("Drawing"), blocks.ChoiceBlock(choices=STEP_DRAWINGS, search_index=False))
    title = named(_("Title"), blocks.CharBlock(max_length=40))
    text = named(_("Text"), blocks.CharBlock(max_length=200))
    description = named(
        _("Description"),
        blocks.CharBlock(
            max_length=200, help_text=_("What the drawing shows, for people who cannot see it.")
        ),
    )

    class Meta:
        value_class = DrawnStepValue


class FigureStepsBlock(SectionBlock):
    steps = named(_("Steps"), blocks.ListBlock(DrawnStepBlock(), min_num=2, max_num=3))
    caption = named(_("Caption"), blocks.CharBlock(required=False, max_length=200))
    ledger = LedgerBlock()

    class Meta:
        icon = "view"
        label = _("Figure steps")
        template = "content/blocks/figure_steps.html"
        description = _("Two or three of the site’s drawings in order, with your words.")
        preview_value = {
            "heading": "The treatment in pictures",
            "steps": [
                {
                    "drawing": "nerve",
                    "title": "Nerve",
                    "text": "A nerve ending sends a signal.",
                    "description": "Dots cross a gap between a nerve and a muscle.",
                },
                {
                    "drawing": "muscle",
                    "title": "Muscle",
                    "text": "The muscle can rest.",
                    "description": "The muscle is long and flat.",
                },
            ],
            "caption": "A simple drawing, not to scale.",
        }


class AreaMapBlock(SectionBlock):
    drawing = named(_("Drawing"), blocks.ChoiceBlock(choices=AREA_DRAWINGS, search_index=False))
    description = named(
        _("Description"),
        blocks.CharBlock(
            max_length=250, help_text=_("What the drawing shows, for people who cannot see it.")
        ),
    )
    intro = named(_("Intro"), blocks.CharBlock(required=False, max_length=200))
    areas = named(
        _("Areas"), ItemsBlock(help_text=_("The areas the drawing marks, in plain words."))
    )
    caption = named(_("Caption"), blocks.CharBlock(required=False, max_length=200))
    ledger = LedgerBlock()

    class Meta:
        icon = "crosshairs"
        label = _("Area map")
        template = "content/blocks/area_map.html"
        description = _("One of the site’s drawings of the body, beside a list of the areas.")
        preview_value = {
            "heading": "Where the shots go",
            "drawing": "neck",
            "description": "A simple figure. The neck is marked.",
            "intro": "The shots may go into muscles at the:",
            "areas": ["side of the neck", "back of the neck"],
            "caption": "The drawing shows areas only, not exact spots.",
        }
