"""As in Spanish, in which all but the reviewed words of these pages is."""

from agroferias.formats.es.formats import *  # noqa: F403 - the very same
