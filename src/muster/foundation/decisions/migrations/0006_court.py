"""A complaint may be taken to court at either step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_chain")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="court_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
