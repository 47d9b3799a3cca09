import pytest
from django.core.management import CommandError, call_command

from markets.models import Venue
from producers.models import Producer, Product
from tests.factories import make_producer, make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def load(*arguments):
    call_command("load_sample", *arguments, verbosity=0)


def test_it_refuses_to_mix_examples_with_real_producers():
    make_producer()

    with pytest.raises(CommandError, match="--beside-real"):
        load()

    assert Product.objects.count() == 0


def test_it_adds_examples_beside_real_producers_if_told_so():
    real = make_producer(slug="real", name="Rosa")

    load("--beside-real")

    real.refresh_from_db()
    assert (real.name, real.is_example) == ("Rosa", False)
    assert Producer.objects.count() == 85


def test_it_uses_the_market_that_is_there():
    make_venue(slug="av-brasil", street="Av. Brasil, cuadra 41")

    load()

    assert Venue.objects.get(slug="av-brasil").street == "Av. Brasil, cuadra 41"
    assert Producer.objects.count() == 84


def test_it_says_how_many_there_are(capsys):
    call_command("load_sample")

    assert capsys.readouterr().out == "Hay 84 productores de ejemplo.\n"
