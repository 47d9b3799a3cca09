import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = dt.timedelta(days=1)


class SheetUploadQuerySet(models.QuerySet):
    def pending(self, *, user, kind: str, moment: dt.datetime):
        """Return a user's files of a kind that can still be imported at moment."""
        return self.filter(user=user, kind=kind, created_at__gt=moment - KEPT)

    def expired(self, moment: dt.datetime):
        """Return the files that nobody imported in time."""
        return self.filter(created_at__lte=moment - KEPT)


class SheetUpload(models.Model):
    """A spreadsheet between its dry run and its import, for a day at most.

    In the database, for it is nobody's but its user's, and is gone with the import;
    the daily command removes what is not imported.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="sheet_uploads",
        verbose_name=_("user"),
    )
    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("file name"), max_length=255)
    content = models.BinaryField(_("content"))
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now)

    objects = SheetUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        # Nobody edits these rows; who may import is asked of the one below.
        default_permissions = ()
        permissions = [("import_sheets", _("Can import spreadsheets"))]

    def __str__(self):
        return self.name
