from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_signing_in'),
    ]

    operations = [
        migrations.CreateModel(
            name='WrongCode',
            fields=[
                ('person', models.UUIDField(primary_key=True, serialize=False)),
                ('count', models.IntegerField()),
                ('last', models.DateTimeField()),
            ],
        ),
    ]
