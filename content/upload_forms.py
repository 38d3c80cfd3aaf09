"""The admin's forms for pictures and documents; every way of uploading one goes through them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from content.renditions import make_renditions
from content.uploads import BROKEN, PICTURE_REASONS, check_document, check_header, clean_picture

DESCRIPTION_HELP = _(
    "What the picture shows, in one sentence, for people who cannot see it. Each page can say it"
    " in its own words. Leave this empty only if the picture is decoration."
)
PRIVACY_HELP = _("Where, when and with what the picture was taken is removed from the file.")


class PictureField(WagtailImageField):
    """Says what to do instead of what it refuses, and looks at a picture’s size before reading it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.error_messages.update(PICTURE_REASONS)

    def to_python(self, data):
        if not data:
            return super().to_python(data)
        if data.size <= self.max_upload_size:
            check_header(data, self.max_image_pixels)
        try:
            return super().to_python(data)
        except BROKEN as error:
            raise ValidationError(PICTURE_REASONS["invalid_image"]) from error


class ClinicImageForm(BaseImageForm):
    class Media:
        css = {"all": ["css/admin_uploads.css"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=plain.label, required=plain.required, widget=plain.widget
            )
            self.fields["file"].help_text += f" {PRIVACY_HELP}"
        if "description" in self.fields:
            self.fields["description"].help_text = DESCRIPTION_HELP

    def clean_file(self):
        file = self.cleaned_data["file"]
        return clean_picture(file) if isinstance(file, UploadedFile) else file

    def save(self, commit=True):
        image = super().save(commit)
        if commit and "file" in self.changed_data and image.get_usage():
            make_renditions(image)
        return image


class ClinicDocumentForm(BaseDocumentForm):
    def _post_clean(self):
        """Give one reason, even where the name and the content are both wrong."""
        super()._post_clean()
        file = self.cleaned_data.get("file") or self.files.get("file")
        try:
            if isinstance(file, UploadedFile):
                check_document(file, settings.CONTENT_DOCUMENT_MAX_UPLOAD_SIZE)
        except ValidationError as reason:
            self.errors.pop("file", None)
            self.add_error("file", reason)
