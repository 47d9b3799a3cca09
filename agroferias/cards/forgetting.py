"""Files of cards go when what they show of people may have stopped being public."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from producers.models import Consent, Producer, ProducerPhoto

from . import store


def connect():
    """Have the cards of a producer removed after each write that may concern them.

    By signals, since `producers`, which writes, may not know of cards. A list's action
    sends none: then the file goes when it is asked for, and is not given.
    """
    for model in (Consent, Producer, ProducerPhoto):
        for signal in (post_save, post_delete):
            signal.connect(_forget, sender=model)


def _forget(sender, instance, signal, **kwargs):
    if sender is Producer and signal is post_save and instance.is_listed:
        # What it says may be new: then the next drawing takes this one's place.
        return
    owner = instance.pk if sender is Producer else instance.producer_id
    transaction.on_commit(partial(store.remove, "productores", owner), robust=True)
