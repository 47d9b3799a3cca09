from django.utils.translation import override

from .languages import language_of


def language(get_response):
    """Speak the language of the path: no cookie and no Accept-Language decides it.

    So that an address shows everybody the same, and needs no Vary.
    """

    def middleware(request):
        with override(language_of(request.path_info)):
            return get_response(request)

    return middleware
