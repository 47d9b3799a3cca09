"""What a list without rows says: what to do first, and where."""

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext


class TellsWhatIsFirst:
    """For a ModelAdmin: its list is never just empty.

    empty_help says what to do first; empty_source is the «app.model» on whose list
    that is done, without which rows are added on this one.
    """

    empty_help = ""
    empty_source = ""

    def changelist_view(self, request, extra_context=None):
        context = {
            "empty_help": self.empty_help,
            "empty_link": self._first_page(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def _first_page(self, request):
        """Return (address, words) of where rows come from, None if it is closed."""
        if not self.empty_source:
            if not self.has_add_permission(request):
                return None
            return self._page_of(self.opts, "add"), gettext("Add the first one")
        source = self.admin_site.get_model_admin(apps.get_model(self.empty_source))
        if not source.has_view_permission(request):
            return None
        words = capfirst(source.opts.verbose_name_plural)
        return self._page_of(source.opts, "changelist"), words

    def _page_of(self, options, name):
        site = self.admin_site.name
        return reverse(f"{site}:{options.app_label}_{options.model_name}_{name}")
