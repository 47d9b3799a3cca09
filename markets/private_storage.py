"""Files that no address leads to; views that ask who looks give them out."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="markets.private_storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Keeps files below settings.PRIVATE_ROOT, for the site's own account alone."""

    file_permissions_mode = 0o600
    directory_permissions_mode = 0o700
    # url() raises: there is none.
    base_url = None

    @property
    def base_location(self):
        """The folder; read each time, for it is another one in tests."""
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        """The folder, as FileSystemStorage wants it: settings have it absolute."""
        return self.base_location
