import datetime as dt

from django.db import migrations

LAST_MINUTE = dt.time(23, 59)


def fill(apps, schema_editor):
    """Give moved days, and their versions, the usual hours of their date, if any."""
    hours = list(apps.get_model("markets", "OpeningHours").objects.order_by("opens"))
    for name in ("MarketDay", "HistoricalMarketDay"):
        for day in apps.get_model("markets", name).objects.filter(status="moved"):
            usual = [one for one in hours if is_of(one, day)]
            if usual:
                day.usual_opens = usual[0].opens
                day.usual_closes = max(closing(one) for one in usual)
                day.save(update_fields=["usual_opens", "usual_closes"])


def is_of(row, day):
    begins, ends = row.valid_from or day.date, row.valid_through or day.date
    is_valid = begins <= day.date <= ends
    is_same_day = row.day_of_week == day.date.weekday()
    return row.venue_id == day.venue_id and is_same_day and is_valid


def closing(row):
    return row.closes if row.closes > row.opens else LAST_MINUTE


class Migration(migrations.Migration):
    dependencies = [("markets", "0009_usual_hours")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
