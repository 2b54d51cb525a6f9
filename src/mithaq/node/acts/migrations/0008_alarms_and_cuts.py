"""Alarms are closed by an act; the access log may begin after a cut."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('acts', '0007_known_by_line'),
    ]

    operations = [
        migrations.RenameField(model_name='alarm', old_name='seen', new_name='closed'),
        migrations.AddField(model_name='alarm', name='about', field=models.TextField(default='')),
        migrations.AddField(model_name='alarm', name='version', field=models.IntegerField(default=1)),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(condition=models.Q(('closed', False)), fields=['at'], name='alarm_open'),
        ),
        migrations.CreateModel(
            name='AccessCut',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('chain', models.BinaryField()),
                ('seal', models.BigIntegerField()),
                ('stone', models.UUIDField()),
                ('rows', models.BigIntegerField()),
                ('days', models.IntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
    ]
