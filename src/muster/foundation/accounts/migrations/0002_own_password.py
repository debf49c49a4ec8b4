"""Acts that tell whose a password is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="what",
            field=models.CharField(
                choices=[
                    ("opened", "account opened"),
                    ("post_ended", "post ended"),
                    ("factor_reset", "second factor reset"),
                    ("password_renewed", "password renewed"),
                    ("password_chosen", "password chosen by the user himself"),
                    ("password_shared", "password of a demonstration, open to all"),
                ],
                max_length=20,
            ),
        ),
    ]
