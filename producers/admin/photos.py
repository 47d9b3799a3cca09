"""The photos of a producer or a product: several at once, described and ordered."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Max
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from producers import photos
from producers.models import ProducerPhoto, ProductPhoto

from .rows import RowsFormSet
from .staff import StaffFields

TEXT_NEEDED = _("Say what can be seen: a public photo needs it.")
CHOOSE_AGAIN = _(
    "No photo was added. Choose all of them again: browsers do not keep files."
)
LAST_POSITION = 32767  # what the column holds


class PhotoRows(RowsFormSet):
    """The photos of one row, and those that are added to it at once."""

    accept = photos.ACCEPT

    @property
    def added_name(self):
        """The name of the field with the files that are added at once."""
        return f"{self.prefix}-added"

    @cached_property
    def added(self):
        """The files that are added at once."""
        # Without the permission to add rows, Django leaves room for none.
        if not self.files or self.max_num == 0:
            return []
        return self.files.getlist(self.added_name)

    @property
    def _of_rows(self):
        """The files of single rows."""
        return [
            upload
            for name, upload in self.files.items()
            if name.startswith(f"{self.prefix}-") and name != self.added_name
        ]

    @property
    def lost_files(self):
        """The sentence that files are to be chosen again, when the page comes back."""
        return CHOOSE_AGAIN if self.added else ""

    def faults(self, row):
        if self.instance.is_listed and row.get("alt_text") == "":
            yield "alt_text", TEXT_NEEDED

    def clean(self):
        super().clean()
        photos.check_all(self.added, judged=self._of_rows)

    def save(self, commit=True):
        saved = super().save(commit=commit)
        added = self._add_files()
        self.new_objects += added
        return saved + added

    def _add_files(self):
        """Make photo rows of the added files, after those that are there."""
        owner = {self.fk.name: self.instance}
        rows = self.model.objects.filter(**owner)
        last = rows.aggregate(last=Max("position"))["last"] or 0
        added = []
        for position, upload in enumerate(self.added, start=last + 1):
            photo = self.model(**owner, position=min(position, LAST_POSITION))
            photos.store(photo, upload)
            photo.save()
            added.append(photo)
        return added


class PhotoInline(StaffFields, admin.StackedInline):
    """The photos of one row, each shown as it is and as it is cropped."""

    form = photos.PhotoForm
    formset = PhotoRows
    template = "admin/producers/_photos.html"
    extra = 0
    fields = ["image", "alt_text", "position", "focus_x", "focus_y"]
    ordering = ["position", "pk"]
    crop = ""

    class Media:
        css = {"all": ["css/photos.css"]}
        js = [Script("js/photos.js", defer=True)]


class ProducerPhotoInline(PhotoInline):
    model = ProducerPhoto
    fields = [*PhotoInline.fields, "shows_people"]
    crop = "card"

    def get_queryset(self, request):
        return super().get_queryset(request).with_portrait_consent()


class ProductPhotoInline(PhotoInline):
    model = ProductPhoto
    crop = "hero"


class DescribesPhotos:
    """A ModelAdmin that comes back to the photos that were added at once."""

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if isinstance(formset, PhotoRows):
            form.instance.added_photo_count = len(formset.added)

    def response_add(self, request, obj, post_url_continue=None):
        respond = partial(super().response_add, post_url_continue=post_url_continue)
        return self._answer(request, obj, respond)

    def response_change(self, request, obj):
        return self._answer(request, obj, super().response_change)

    def _answer(self, request, obj, respond):
        count = getattr(obj, "added_photo_count", 0)
        may_describe = self.has_change_permission(request, obj)
        if not count or not may_describe or IS_POPUP_VAR in request.POST:
            return respond(request, obj)
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"
        response = respond(request, obj)
        message = ngettext(
            "{count} photo added. Say what can be seen in it: it is public only then.",
            "{count} photos added. Say what can be seen in each: they are public "
            "only then.",
            count,
        )
        self.message_user(request, message.format(count=count), messages.WARNING)
        return HttpResponseRedirect(f"{response.url}#photos-group")
