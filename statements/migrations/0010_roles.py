"""Make the groups of those who curate, each with what it needs and no more."""

from django.db import migrations

# What a story brings with it, which a contributor enters beside its statements.
PARTS = ("party", "citation", "link")
NEW_IN_A_STORY = (
    "article", "outlet", "official", "tenure", "alias", "organization", "post", "event",
    "eventparty",
)  # fmt: skip
SEEN = ("country", "topic", "redirect")

CONTRIBUTOR = {
    *(f"{act}_{name}" for name in PARTS for act in ("view", "add", "change", "delete")),
    *(f"{act}_statement" for act in ("view", "add", "change", "delete")),
    *(f"{act}_{name}" for name in NEW_IN_A_STORY for act in ("view", "add")),
    *(f"view_{name}" for name in SEEN),
}
EDITOR = CONTRIBUTOR | {
    *(f"{act}_{name}" for name in NEW_IN_A_STORY for act in ("change", "delete")),
    *(f"{act}_topic" for act in ("add", "change", "delete")),
    "review_statement",
}
PUBLISHER = EDITOR | {
    "add_country",
    "change_country",
    "publish_statement",
    "withdraw_statement",
}
ROLES = {"Contributor": CONTRIBUTOR, "Editor": EDITOR, "Publisher": PUBLISHER}


def establish(apps, schema_editor):
    """Make groups and permissions; Django itself makes the permissions only afterwards."""
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    for role, codenames in ROLES.items():
        group, _ = groups.get_or_create(name=role)
        group.permissions.add(*(permission(apps, using, name) for name in sorted(codenames)))


def permission(apps, using, codename):
    act, model = codename.split("_", 1)
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(using)
        .get_or_create(app_label="statements", model=model)
    )
    told = apps.get_model("statements", model)._meta.verbose_name
    found, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .get_or_create(content_type=kind, codename=codename, defaults={"name": f"Can {act} {told}"})
    )
    return found


def disband(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0009_review_and_accounts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(establish, disband)]
