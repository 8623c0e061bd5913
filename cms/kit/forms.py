"""The forms through which editors add pictures, documents, videos and sounds: nothing passes unchecked."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.settings import wagtailmedia_settings

from cms.kit import darkroom, films, takedown, uploads
from cms.kit.models.media import Consent

PHOTO_HELP = _(
    "JPG, PNG, WebP, GIF or HEIC, at most %(size)s. Place, device and date are removed from the picture."
)
DOCUMENT_HELP = _("PDF, Word, Excel, PowerPoint, text, CSV or ZIP, at most %(size)s.")
_TOO_LARGE = _("This picture is larger than %(most)s. Make it smaller, then choose it again.")


class PhotoField(forms.FileField):
    """A picture; what comes out is clean."""

    widget = forms.FileInput
    # What the page for many uploads asks Wagtail's field, to refuse before anything is sent.
    default_error_messages = {
        "file_too_large_unknown_size": _("This picture is too large. Make it smaller, then choose it again."),
        "invalid_image_extension": _(
            "This is no picture of a kind that can be shown. Choose JPG, PNG or WebP."
        ),
    }

    @property
    def max_upload_size(self) -> int:
        """Return the largest picture that is taken, in bytes."""
        return int(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)

    def to_python(self, data: Any) -> UploadedFile | None:
        """Clean the upload in place; raises ValidationError for what is no usable picture."""
        upload: Any = super().to_python(data)
        if upload is not None and not hasattr(upload, "picture_size"):
            most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
            if upload.size > most:
                raise ValidationError(_TOO_LARGE, code="size", params={"most": filesizeformat(most)})
            darkroom.clean_in_place(upload)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the file dialog offer pictures, phones' HEIC too."""
        return {**super().widget_attrs(widget), "accept": "image/*,.heic,.heif"}


class DocumentField(WagtailDocumentField):
    """A document whose name, first bytes and content agree."""

    widget = forms.FileInput

    def __init__(self, *args: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = help_text  # Wagtail's field, which the upload page asks for its limit, empties it

    def to_python(self, data: Any) -> UploadedFile | None:
        """Check the upload; raises ValidationError for what is no sound document."""
        upload: Any = super().to_python(data)
        if upload is not None:
            uploads.check_document(upload)
        return upload


def _take_place(form: Any, name: str, field: type[forms.FileField], help_text: Any = "") -> None:
    """Put our field where Wagtail's stands, with its label and widget."""
    old = form.fields.get(name)
    if old is not None:
        form.fields[name] = field(
            label=old.label,
            required=old.required,
            widget=old.widget,
            help_text=help_text,
            initial=old.initial,
        )


class HouseImageForm(BaseImageForm):
    """Adds and edits images."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        size = filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        _take_place(self, "file", PhotoField, PHOTO_HELP % {"size": size})
        self.original_file = None  # the model lets a replaced file go, with the commit
        if "consent" in self.fields:
            # Many pictures at once come without it: the model's default stands.
            self.fields["consent"].required = False

        self.consent_before = self.instance.consent

    def clean_consent(self) -> str:
        """Keep what was known when the form does not ask."""
        return self.cleaned_data["consent"] or self.instance.consent

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save the image; consent withdrawn here is noted like a picture taken down by its button."""
        withdrawn = self.instance.is_withdrawn and self.consent_before != Consent.WITHDRAWN
        image = super().save(commit=commit)
        if commit and withdrawn and self.instance.pk:
            takedown.note(image, self.user, before=self.consent_before)
        return image


class HouseDocumentForm(BaseDocumentForm):
    """Adds and edits documents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = filesizeformat(uploads.LARGEST_DOCUMENT)
        _take_place(self, "file", DocumentField, DOCUMENT_HELP % {"size": size})
        self.original_file = None


class HouseMediaForm(BaseMediaForm):
    """Adds and edits videos and sounds."""

    def clean_file(self) -> UploadedFile | None:
        """Check a new file and blank what tells the place of a recording."""
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            kinds = {
                "video": wagtailmedia_settings.VIDEO_EXTENSIONS,
                "audio": wagtailmedia_settings.AUDIO_EXTENSIONS,
            }
            uploads.check_film(upload, kinds[self.instance.type])
            if uploads.extension_of(upload.name) in {"mp4", "m4a"}:
                films.forget_place(upload)
        return upload

    def clean_thumbnail(self) -> Any:
        """Clean a new still picture."""
        upload = self.cleaned_data["thumbnail"]
        if isinstance(upload, UploadedFile):
            darkroom.clean_in_place(upload)
        return upload
