"""In what a version seems older than the live one; when a person asked for a refresh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial")]

    operations = [
        migrations.AddField("listversion", "older", models.TextField(default="")),
        migrations.AddField("listrefresh", "asked", models.DateTimeField(null=True)),
    ]
