from django.db import migrations

from producers.public_tables import note_changes

TABLES = [
    *("attendance", "marketday", "notice", "openinghours", "participation"),
    *("shelfitem", "specialhours", "stall", "venue", "venuecontact"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0011_subscribers_and_deliveries"),
        ("producers", "0021_public_changes"),
    ]

    operations = [note_changes(f"markets_{name}") for name in TABLES]
