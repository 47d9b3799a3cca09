"""How the desk's lists, and the suggestions of its fields, are searched."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR

from producers import search


class SearchesWords:
    """For a ModelAdmin: searches word by word, without accents.

    search_fields are texts of the row or of what it points to; where a search
    must look further, found() says how.
    """

    def found(self, word):
        """Return the condition that a row has word, part of a search, somewhere."""
        return search.anywhere(word, self.search_fields)

    def get_search_results(self, request, queryset, search_term):
        for word in search.words(search_term):
            queryset = queryset.filter(self.found(word))
        return queryset, False

    def get_changelist_instance(self, request):
        # PostgreSQL takes no NUL, which Django would learn when it reads the rows. In
        # the search box it says so itself.
        sent = (values for name, values in request.GET.lists() if name != SEARCH_VAR)
        if any("\0" in value for values in sent for value in values):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)
