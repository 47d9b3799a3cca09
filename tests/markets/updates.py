"""What tests of producers' updates send: the form as the page shows it, and more."""

import re

from markets.models import Proposal
from tests.producers.pictures import exif, make_upload


def filled_in(response) -> dict:
    """Return what the producer's form would send as it was shown."""
    values = {}
    for bound in response.context["form"]:
        value = bound.value()
        if str(value) not in {"None", "False", ""}:
            values[bound.html_name] = str(value)
        if bound.field.show_hidden_initial:
            shown = bound.as_hidden(only_initial=True)
            values[bound.html_initial_name] = re.search(r'value="(.*?)"', shown)[1]
    return values


def answer(client, link, **values):
    """Open a link's page, change some of its form, and send it."""
    address = link.get_absolute_url()
    data = filled_in(client.get(address)) | values
    return client.post(address, data)


def errors(response) -> dict:
    """Return the sentences of a form that was sent in vain."""
    return response.context["form"].errors


def waiting() -> Proposal:
    """Return the one proposal that waits."""
    (proposal,) = Proposal.objects.waiting()
    return proposal


def photo(**options):
    """Return a photo as a telephone takes it, with its place."""
    return make_upload(exif=exif(), **options)


def private_files(settings) -> list:
    """Return the names of the photos that wait."""
    folder = settings.PRIVATE_ROOT / "proposals"
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []
