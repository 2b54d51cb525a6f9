"""What oversight found about alarms, and evidence holds on the access log."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('alarm', models.BigIntegerField(db_index=True)),
                ('kind', models.TextField()),
                ('finding', models.TextField(default='')),
                ('words', models.TextField()),
                ('by', models.TextField()),
                ('at', models.DateTimeField()),
                ('version', models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='LogHold',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reason', models.TextField()),
                ('by', models.TextField()),
                ('at', models.DateTimeField()),
                ('released', models.DateTimeField(null=True)),
                ('released_by', models.TextField(default='')),
                ('released_why', models.TextField(default='')),
                ('version', models.IntegerField(default=1)),
            ],
        ),
    ]
