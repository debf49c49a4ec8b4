"""How often strangers read public pages: counted for all processes, in a table that no log keeps."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(
            """
            create unlogged table shell_pace (
                reader text primary key, readings int not null, ends_at timestamptz not null
            );
            create index shell_pace_over on shell_pace (ends_at);
            """,
            "drop table shell_pace",
        ),
    ]
