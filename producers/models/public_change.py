from django.db import connections, models


class PublicChangeQuerySet(models.QuerySet):
    def version(self) -> int:
        """Return a number that every transaction which wrote a public table has raised.

        In plain SQL, as each visit asks for it: the ORM would take longer than the
        database.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(sum(count), 0)::bigint FROM producers_publicchange"
            )
            return cursor.fetchone()[0]


class PublicChange(models.Model):
    """How many transactions wrote the tables behind the public pages; by triggers.

    One row would make writers wait for each other: each transaction takes a row that
    no other one holds, so there are as many as ever wrote at once. A first count is
    random, lest a database that was emptied come to a version that once was.
    """

    count = models.BigIntegerField(default=0, editable=False)

    objects = PublicChangeQuerySet.as_manager()

    def __str__(self):
        return str(self.count)
