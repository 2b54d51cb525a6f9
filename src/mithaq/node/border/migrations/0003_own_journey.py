"""A crossing's own journey, for files with the lists of several flights."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("border", "0002_crossings_and_feeds")]

    operations = [migrations.AddField("crossing", "travel", models.JSONField(null=True))]
