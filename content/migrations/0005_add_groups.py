"""Five groups of staff and one review, in place of the groups and workflow Wagtail comes with."""

from django.db import migrations

from content.groups import replace_wagtails_own, set_up, set_up_review


def add_groups(apps, schema_editor):
    replace_wagtails_own(apps)
    set_up(apps)
    set_up_review(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0004_add_check_permission_and_pages_of_broken_links"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
