"""Let editors and publishers import files."""

from importlib import import_module

from django.db import migrations

ROLES = ("Editor", "Publisher")
PERMISSIONS = ("add_upload", "view_upload")

permission = import_module("statements.migrations.0010_roles").permission


def permit(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=ROLES):
        group.permissions.add(*(permission(apps, using, name) for name in PERMISSIONS))


def forbid(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=ROLES):
        group.permissions.remove(*group.permissions.filter(codename__in=PERMISSIONS))


class Migration(migrations.Migration):
    """Permissions of roles; Django itself makes the permissions only afterwards."""

    dependencies = [("statements", "0012_uploads")]

    operations = [migrations.RunPython(permit, forbid)]
