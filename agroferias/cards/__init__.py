"""The pictures that a link to a page shows, with addresses that tell what is drawn."""
