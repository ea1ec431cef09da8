import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.db import migrations, models

import statements.dates
import statements.models.addresses
import statements.models.fields
import statements.quoting
import statements.vocabulary

# What the tables' constraints and generated columns are made of. All are immutable, and depend on
# nothing but PostgreSQL's own functions, so that a dump restores in any order.
FUNCTIONS = r"""
CREATE FUNCTION earliest_day(day text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN make_date(
    left(day, 4)::int,
    coalesce(nullif(substr(day, 6, 2), '')::int, 1),
    coalesce(nullif(substr(day, 9, 2), '')::int, 1)
);

CREATE FUNCTION latest_day(day text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE length(day)
    WHEN 4 THEN make_date(day::int, 12, 31)
    WHEN 7 THEN (earliest_day(day) + interval '1 month - 1 day')::date
    ELSE earliest_day(day)
END;

CREATE FUNCTION is_partial_day(day text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN day ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' THEN earliest_day(day) IS NOT NULL
    ELSE false
END;

CREATE FUNCTION is_in_order(first_day text, last_day text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN latest_day(last_day) >= earliest_day(first_day);

CREATE FUNCTION text_sha256(body text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN encode(sha256(convert_to(body, 'UTF8')), 'hex');

-- Case and accents folded; the marks of Cyrillic and Indic letters stay, since they make other
-- letters. Arabic yeh and kaf become their Persian forms. Slashes and their like part words.
-- Most text is ASCII, for which the short way is ten times as fast. These functions are not
-- declared strict, which would keep PostgreSQL from inlining them.
CREATE FUNCTION fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(words) = length(words)
THEN translate(lower(words), '/\@_', '    ')
ELSE translate(
    normalize(
        regexp_replace(
            normalize(lower(normalize(words, NFKC)), NFD),
            '([a-z\u0370-\u03ff\u0600-\u06ff])[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c]+',
            '\1',
            'g'
        ),
        NFC
    ),
    U&'\0142\00f8\0111\0131\0451\064a\0643\0649/\\@_',
    U&'lodi\0435\06cc\06a9\06cc    '
) END;

CREATE FUNCTION dictionary_of(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE split_part(lower(language), '-', 1)
    WHEN 'ar' THEN 'pg_catalog.arabic'::regconfig
    WHEN 'ca' THEN 'pg_catalog.catalan'::regconfig
    WHEN 'da' THEN 'pg_catalog.danish'::regconfig
    WHEN 'de' THEN 'pg_catalog.german'::regconfig
    WHEN 'el' THEN 'pg_catalog.greek'::regconfig
    WHEN 'en' THEN 'pg_catalog.english'::regconfig
    WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
    WHEN 'eu' THEN 'pg_catalog.basque'::regconfig
    WHEN 'fi' THEN 'pg_catalog.finnish'::regconfig
    WHEN 'fr' THEN 'pg_catalog.french'::regconfig
    WHEN 'ga' THEN 'pg_catalog.irish'::regconfig
    WHEN 'hi' THEN 'pg_catalog.hindi'::regconfig
    WHEN 'hu' THEN 'pg_catalog.hungarian'::regconfig
    WHEN 'hy' THEN 'pg_catalog.armenian'::regconfig
    WHEN 'id' THEN 'pg_catalog.indonesian'::regconfig
    WHEN 'it' THEN 'pg_catalog.italian'::regconfig
    WHEN 'lt' THEN 'pg_catalog.lithuanian'::regconfig
    WHEN 'ne' THEN 'pg_catalog.nepali'::regconfig
    WHEN 'nl' THEN 'pg_catalog.dutch'::regconfig
    WHEN 'no' THEN 'pg_catalog.norwegian'::regconfig
    WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
    WHEN 'ro' THEN 'pg_catalog.romanian'::regconfig
    WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
    WHEN 'sr' THEN 'pg_catalog.serbian'::regconfig
    WHEN 'sv' THEN 'pg_catalog.swedish'::regconfig
    WHEN 'ta' THEN 'pg_catalog.tamil'::regconfig
    WHEN 'tr' THEN 'pg_catalog.turkish'::regconfig
    WHEN 'yi' THEN 'pg_catalog.yiddish'::regconfig
    ELSE 'pg_catalog.simple'::regconfig
END;

CREATE FUNCTION statement_vector(
    words text, language text, original_words text, original_language text, party_tokens text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(dictionary_of(language), fold(words)), 'A')
    || CASE original_words WHEN '' THEN ''::tsvector
        ELSE setweight(to_tsvector(dictionary_of(original_language), fold(original_words)), 'B') END
    || array_to_tsvector(string_to_array(party_tokens, ' '));
"""
DROP_FUNCTIONS = """
DROP FUNCTION statement_vector, dictionary_of, fold, text_sha256, is_in_order, is_partial_day, latest_day, earliest_day;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["name", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-2, ISO 3166-3 alpha-4, or x- and a slug; lower case.",
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^([a-z]{2}|[a-z]{4}|x-[a-z0-9]+(-[a-z0-9]+)*)$"
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("alpha3", models.CharField(blank=True, max_length=3, verbose_name="alpha-3 code")),
                (
                    "official_name",
                    models.CharField(blank=True, max_length=300, verbose_name="official name"),
                ),
                ("demonym", models.CharField(blank=True, max_length=100, verbose_name="demonym")),
                (
                    "existed_from",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="existed from"
                    ),
                ),
                (
                    "existed_until",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="existed until"
                    ),
                ),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["name", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^([a-z]{2}|[a-z]{4}|x-[a-z0-9]+(-[a-z0-9]+)*)$")
                        ),
                        name="country_code_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            models.F("existed_from"),
                            function="is_partial_day",
                            output_field=models.BooleanField(),
                        ),
                        name="country_existed_from_is_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            models.F("existed_until"),
                            function="is_partial_day",
                            output_field=models.BooleanField(),
                        ),
                        name="country_existed_until_is_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=500, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("meeting", "Meeting"),
                            ("visit", "Visit"),
                            ("summit", "Summit"),
                            ("conference", "Conference"),
                            ("letter", "Letter"),
                            ("post", "Post"),
                            ("speech", "Speech"),
                            ("briefing", "Briefing"),
                            ("exchange", "Exchange"),
                            ("contact", "Contact"),
                            ("incident", "Incident"),
                            ("other", "Other event"),
                        ],
                        default=statements.vocabulary.EventKind["OTHER"],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "started_on",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="started on"
                    ),
                ),
                (
                    "ended_on",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="ended on"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                (
                    "url",
                    statements.models.addresses.WebAddressField(
                        blank=True, max_length=2000, verbose_name="address"
                    ),
                ),
                (
                    "is_seen",
                    models.BooleanField(
                        default=False,
                        help_text="We hold it or saw it ourselves; else it is known only through others.",
                        verbose_name="seen",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        related_name="events",
                        to="statements.country",
                        verbose_name="countries",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": [
                    models.OrderBy(models.F("started_on"), descending=True, nulls_last=True),
                    "-id",
                ],
            },
        ),
        migrations.CreateModel(
            name="Official",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "sort_name",
                    models.CharField(
                        blank=True,
                        help_text="What lists and keys are made by, such as Jilani; else the last word.",
                        max_length=300,
                        verbose_name="sort name",
                    ),
                ),
                (
                    "identifiers",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text='Identifiers elsewhere, such as {"wikidata": "Q17991320", "viaf": "..."}.',
                        verbose_name="identifiers",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officials",
                        to="statements.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "official",
                "verbose_name_plural": "officials",
                "ordering": ["sort_name", "name", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ministry", "Ministry"),
                            ("presidency", "Presidency"),
                            ("government", "Government"),
                            ("parliament", "Parliament"),
                            ("court", "Court"),
                            ("army", "Armed forces"),
                            ("embassy", "Embassy or mission"),
                            ("agency", "Agency"),
                            ("international_organisation", "International organisation"),
                            ("armed_group", "Armed group"),
                            ("party", "Political party"),
                            ("other", "Other organization"),
                        ],
                        max_length=40,
                        verbose_name="kind",
                    ),
                ),
                (
                    "website",
                    statements.models.addresses.WebAddressField(
                        blank=True, max_length=2000, verbose_name="website"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for an international organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organizations",
                        to="statements.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
                "ordering": ["name", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="A BCP 47 tag, such as fa.",
                        max_length=35,
                        verbose_name="language",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="statements.country",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="statements.official",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="statements.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "website",
                    statements.models.addresses.WebAddressField(
                        blank=True, max_length=2000, verbose_name="website"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="statements.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "outlet",
                "verbose_name_plural": "outlets",
                "ordering": ["name", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=1000, verbose_name="title")),
                (
                    "url",
                    statements.models.addresses.WebAddressField(
                        blank=True, max_length=2000, verbose_name="address"
                    ),
                ),
                (
                    "archived_url",
                    statements.models.addresses.WebAddressField(
                        blank=True, max_length=2000, verbose_name="archived address"
                    ),
                ),
                (
                    "published_on",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="published on"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("news_report", "News report"),
                            ("press_release", "Press release"),
                            ("transcript", "Transcript"),
                            ("readout", "Readout"),
                            ("social_post", "Social media post"),
                            ("interview", "Interview"),
                            ("archival_document", "Archival document"),
                            ("book", "Book"),
                            ("reconstruction", "Reconstruction"),
                        ],
                        default=statements.vocabulary.ArticleKind["NEWS_REPORT"],
                        max_length=40,
                        verbose_name="kind",
                    ),
                ),
                ("agency", models.CharField(blank=True, max_length=300, verbose_name="agency")),
                ("byline", models.CharField(blank=True, max_length=500, verbose_name="byline")),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="What citations are checked against. Never shown to readers whole.",
                        validators=[django.core.validators.MaxLengthValidator(1000000)],
                        verbose_name="stored text",
                    ),
                ),
                (
                    "body_sha256",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("body"), function="text_sha256"),
                        output_field=models.CharField(max_length=64),
                    ),
                ),
                (
                    "repository",
                    models.CharField(blank=True, max_length=300, verbose_name="repository"),
                ),
                (
                    "collection",
                    models.CharField(blank=True, max_length=300, verbose_name="collection"),
                ),
                ("box", models.CharField(blank=True, max_length=100, verbose_name="box")),
                ("folder", models.CharField(blank=True, max_length=300, verbose_name="folder")),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=100, verbose_name="document number"),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        help_text="The report that a reconstruction retells.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="statements.article",
                        verbose_name="based on",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="statements.outlet",
                        verbose_name="outlet",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": [
                    models.OrderBy(models.F("published_on"), descending=True, nulls_last=True),
                    "-id",
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="statements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="statements.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ["title", "slug"],
            },
        ),
        migrations.CreateModel(
            name="EventParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("speaker", "Speaker"),
                            ("addressee", "Addressee"),
                            ("relayer", "Relayer"),
                            ("subject", "Spoken about"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("post", "Post"),
                            ("organization", "Organization"),
                            ("country", "Country"),
                            ("public", "The public"),
                            ("unnamed", "Unnamed"),
                        ],
                        default=statements.vocabulary.PartyKind["OFFICIAL"],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name_as_printed",
                    models.CharField(blank=True, max_length=300, verbose_name="name as printed"),
                ),
                (
                    "chosen_capacity",
                    models.CharField(
                        blank=True,
                        help_text="Empty: taken from the post held on the day it was said.",
                        max_length=300,
                        verbose_name="capacity",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated by the source"),
                            ("inferred", "Inferred by the curator"),
                        ],
                        default=statements.vocabulary.Basis["STATED"],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct quotation"),
                            ("mixed", "Partly quoted"),
                            ("indirect", "Paraphrase"),
                            ("act_report", "Report of the act"),
                            ("contact_report", "Report of the contact"),
                        ],
                        help_text="A relayer's own: how its words reach us.",
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meeting_bilateral", "Bilateral meeting"),
                            ("meeting_multilateral", "Multilateral meeting"),
                            ("phone_call", "Telephone call"),
                            ("video_call", "Video call"),
                            ("letter", "Letter"),
                            ("note_verbale", "Note verbale"),
                            ("message", "Message"),
                            ("summons", "Summons"),
                            ("press_statement", "Press statement"),
                            ("readout", "Readout"),
                            ("joint_statement", "Joint statement"),
                            ("communique", "Communiqué"),
                            ("press_briefing", "Press briefing"),
                            ("press_conference", "Press conference"),
                            ("speech", "Speech"),
                            ("un_statement", "Statement at the United Nations"),
                            ("interview", "Interview"),
                            ("parliamentary_statement", "Statement in parliament"),
                            ("op_ed", "Op-ed"),
                            ("social_post", "Social media post"),
                            ("broadcast", "Broadcast"),
                            ("treaty_text", "Treaty text"),
                            ("demarche", "Démarche"),
                            ("telegram", "Telegram"),
                            ("airgram", "Airgram"),
                            ("memorandum", "Memorandum"),
                            ("memorandum_of_conversation", "Memorandum of conversation"),
                            ("unknown", "Channel unknown"),
                        ],
                        help_text="A relayer's own: through what it spoke.",
                        max_length=40,
                        verbose_name="channel",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="The country it stands for. Empty: that of its post, organization or own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.country",
                        verbose_name="side",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="statements.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the post held on the day is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.post",
                        verbose_name="post",
                    ),
                ),
            ],
            options={
                "verbose_name": "party to an event",
                "verbose_name_plural": "parties to an event",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Redirect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("country", "Country"),
                            ("organization", "Organization"),
                            ("post", "Post"),
                            ("outlet", "Outlet"),
                            ("article", "Article"),
                            ("event", "Event"),
                            ("topic", "Topic"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("old_slug", models.SlugField(max_length=200, verbose_name="old slug")),
                ("new_slug", models.SlugField(max_length=200, verbose_name="new slug")),
            ],
            options={
                "verbose_name": "redirect",
                "verbose_name_plural": "redirects",
                "ordering": ["kind", "old_slug"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "old_slug"), name="redirect_leads_one_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("old_slug", models.F("new_slug")), _negated=True),
                        name="redirect_leads_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=250, unique=True, verbose_name="key")),
                (
                    "text",
                    models.TextField(
                        help_text="The words, or what was said in our own wording where it is paraphrased.",
                        validators=[django.core.validators.MaxLengthValidator(100000)],
                        verbose_name="text",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=35, verbose_name="language"),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("direct", "Direct quotation"),
                            ("mixed", "Partly quoted"),
                            ("indirect", "Paraphrase"),
                            ("act_report", "Report of the act"),
                            ("contact_report", "Report of the contact"),
                        ],
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                (
                    "text_status",
                    models.CharField(
                        choices=[
                            ("verbatim", "Verbatim"),
                            ("translated", "Translated"),
                            ("transcribed", "Transcribed"),
                            ("abridged", "Abridged"),
                            ("unknown", "State unknown"),
                        ],
                        default=statements.vocabulary.TextStatus["UNKNOWN"],
                        max_length=20,
                        verbose_name="state of the text",
                    ),
                ),
                (
                    "original_text",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(100000)],
                        verbose_name="original text",
                    ),
                ),
                (
                    "original_language",
                    models.CharField(blank=True, max_length=35, verbose_name="original language"),
                ),
                (
                    "translator",
                    models.CharField(blank=True, max_length=300, verbose_name="translator"),
                ),
                (
                    "said_on",
                    statements.models.fields.PartialDateField(
                        blank=True,
                        help_text="2024-01-19, 2024-01 or 2024.",
                        max_length=10,
                        null=True,
                        verbose_name="said on",
                    ),
                ),
                (
                    "said_on_qualifier",
                    models.CharField(
                        choices=[
                            (statements.dates.Qualifier["ON"], "on"),
                            (statements.dates.Qualifier["ABOUT"], "about"),
                            (statements.dates.Qualifier["NOT_BEFORE"], "not before"),
                            (statements.dates.Qualifier["NOT_AFTER"], "not after"),
                            (statements.dates.Qualifier["BETWEEN"], "between"),
                        ],
                        default=statements.dates.Qualifier["ON"],
                        max_length=20,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "said_on_until",
                    statements.models.fields.PartialDateField(
                        blank=True,
                        help_text="With “between”: the last day.",
                        max_length=10,
                        null=True,
                        verbose_name="second day",
                    ),
                ),
                (
                    "said_on_basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated by the source"),
                            ("inferred", "Inferred by the curator"),
                        ],
                        default=statements.vocabulary.Basis["STATED"],
                        max_length=20,
                        verbose_name="basis of the day",
                    ),
                ),
                (
                    "undated_reason",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="why there is no day"
                    ),
                ),
                ("said_at", models.DateTimeField(blank=True, null=True, verbose_name="said at")),
                (
                    "said_at_offset",
                    models.SmallIntegerField(
                        default=0,
                        help_text="In minutes, where it was said.",
                        verbose_name="offset from UTC",
                    ),
                ),
                (
                    "earliest_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                said_on__isnull=False,
                                said_on_qualifier=statements.dates.Qualifier["NOT_AFTER"],
                                then=models.Value(datetime.date(1, 1, 1), models.DateField()),
                            ),
                            default=models.Func(
                                models.F("said_on"),
                                function="earliest_day",
                                output_field=models.DateField(),
                            ),
                        ),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "latest_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                said_on__isnull=False,
                                said_on_qualifier=statements.dates.Qualifier["NOT_BEFORE"],
                                then=models.Value(datetime.date(9999, 12, 31), models.DateField()),
                            ),
                            models.When(
                                said_on_qualifier=statements.dates.Qualifier["BETWEEN"],
                                then=models.Func(
                                    models.F("said_on_until"),
                                    function="latest_day",
                                    output_field=models.DateField(),
                                ),
                            ),
                            default=models.Func(
                                models.F("said_on"),
                                function="latest_day",
                                output_field=models.DateField(),
                            ),
                        ),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "sort_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            models.Func(
                                models.F("said_on"),
                                function="earliest_day",
                                output_field=models.DateField(),
                            ),
                            models.Value(datetime.date(1, 1, 1), models.DateField()),
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("meeting_bilateral", "Bilateral meeting"),
                            ("meeting_multilateral", "Multilateral meeting"),
                            ("phone_call", "Telephone call"),
                            ("video_call", "Video call"),
                            ("letter", "Letter"),
                            ("note_verbale", "Note verbale"),
                            ("message", "Message"),
                            ("summons", "Summons"),
                            ("press_statement", "Press statement"),
                            ("readout", "Readout"),
                            ("joint_statement", "Joint statement"),
                            ("communique", "Communiqué"),
                            ("press_briefing", "Press briefing"),
                            ("press_conference", "Press conference"),
                            ("speech", "Speech"),
                            ("un_statement", "Statement at the United Nations"),
                            ("interview", "Interview"),
                            ("parliamentary_statement", "Statement in parliament"),
                            ("op_ed", "Op-ed"),
                            ("social_post", "Social media post"),
                            ("broadcast", "Broadcast"),
                            ("treaty_text", "Treaty text"),
                            ("demarche", "Démarche"),
                            ("telegram", "Telegram"),
                            ("airgram", "Airgram"),
                            ("memorandum", "Memorandum"),
                            ("memorandum_of_conversation", "Memorandum of conversation"),
                            ("unknown", "Channel unknown"),
                        ],
                        default=statements.vocabulary.Channel["UNKNOWN"],
                        max_length=40,
                        verbose_name="channel",
                    ),
                ),
                (
                    "channel_basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated by the source"),
                            ("inferred", "Inferred by the curator"),
                        ],
                        default=statements.vocabulary.Basis["STATED"],
                        max_length=20,
                        verbose_name="basis of the channel",
                    ),
                ),
                (
                    "platform",
                    models.CharField(
                        blank=True,
                        help_text="Of a social media post: X.",
                        max_length=100,
                        verbose_name="platform",
                    ),
                ),
                (
                    "basis_note",
                    models.TextField(
                        blank=True, max_length=10000, verbose_name="reasons for what is inferred"
                    ),
                ),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("comment", "Comments"),
                                ("justify", "Justifies"),
                                ("reassure", "Reassures"),
                                ("deny", "Denies"),
                                ("condole", "Condoles"),
                                ("appeal", "Appeals"),
                                ("demand", "Demands"),
                                ("offer", "Offers"),
                                ("agree", "Agrees"),
                                ("consult", "Consults"),
                                ("support", "Supports"),
                                ("apologise", "Apologises"),
                                ("concede", "Concedes"),
                                ("condemn", "Condemns"),
                                ("accuse", "Accuses"),
                                ("reject", "Rejects"),
                                ("threaten", "Threatens"),
                                ("announce", "Announces"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="acts",
                    ),
                ),
                (
                    "event_order",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="order in the event"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("undisputed", "Undisputed"),
                            ("disputed", "Disputed"),
                            ("misattributed", "Misattributed"),
                            ("retracted", "Retracted"),
                        ],
                        default=statements.vocabulary.Standing["UNDISPUTED"],
                        max_length=20,
                        verbose_name="standing",
                    ),
                ),
                (
                    "standing_note",
                    models.TextField(
                        blank=True,
                        help_text="Who disputes the attribution, since when, and where that is reported.",
                        max_length=10000,
                        verbose_name="standing: evidence",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Public.", max_length=10000, verbose_name="note"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default=statements.vocabulary.Status["DRAFT"],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.TextField(
                        blank=True,
                        help_text="Public.",
                        max_length=10000,
                        verbose_name="why it was withdrawn",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="updated at"
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("own", "The speaker's own account"),
                            ("own_side", "Reported by the speaker's side"),
                            ("other_side", "Reported by the other side"),
                            ("third_party", "Reported by a third party"),
                            ("outlet_only", "Reported by the outlet alone"),
                        ],
                        default="",
                        editable=False,
                        max_length=20,
                        verbose_name="account",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated by the source"),
                            ("inferred", "Inferred by the curator"),
                        ],
                        default="",
                        editable=False,
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("party_tokens", models.TextField(default="", editable=False)),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("text"),
                            models.F("language"),
                            models.F("original_text"),
                            models.F("original_language"),
                            models.F("party_tokens"),
                            function="statement_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "about_events",
                    models.ManyToManyField(
                        blank=True,
                        related_name="statements_about",
                        to="statements.event",
                        verbose_name="about",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="statements.event",
                        verbose_name="made in",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        related_name="statements",
                        to="statements.topic",
                        verbose_name="topics",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ["-sort_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("speaker", "Speaker"),
                            ("addressee", "Addressee"),
                            ("relayer", "Relayer"),
                            ("subject", "Spoken about"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("post", "Post"),
                            ("organization", "Organization"),
                            ("country", "Country"),
                            ("public", "The public"),
                            ("unnamed", "Unnamed"),
                        ],
                        default=statements.vocabulary.PartyKind["OFFICIAL"],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name_as_printed",
                    models.CharField(blank=True, max_length=300, verbose_name="name as printed"),
                ),
                (
                    "chosen_capacity",
                    models.CharField(
                        blank=True,
                        help_text="Empty: taken from the post held on the day it was said.",
                        max_length=300,
                        verbose_name="capacity",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "Stated by the source"),
                            ("inferred", "Inferred by the curator"),
                        ],
                        default=statements.vocabulary.Basis["STATED"],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct quotation"),
                            ("mixed", "Partly quoted"),
                            ("indirect", "Paraphrase"),
                            ("act_report", "Report of the act"),
                            ("contact_report", "Report of the contact"),
                        ],
                        help_text="A relayer's own: how its words reach us.",
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meeting_bilateral", "Bilateral meeting"),
                            ("meeting_multilateral", "Multilateral meeting"),
                            ("phone_call", "Telephone call"),
                            ("video_call", "Video call"),
                            ("letter", "Letter"),
                            ("note_verbale", "Note verbale"),
                            ("message", "Message"),
                            ("summons", "Summons"),
                            ("press_statement", "Press statement"),
                            ("readout", "Readout"),
                            ("joint_statement", "Joint statement"),
                            ("communique", "Communiqué"),
                            ("press_briefing", "Press briefing"),
                            ("press_conference", "Press conference"),
                            ("speech", "Speech"),
                            ("un_statement", "Statement at the United Nations"),
                            ("interview", "Interview"),
                            ("parliamentary_statement", "Statement in parliament"),
                            ("op_ed", "Op-ed"),
                            ("social_post", "Social media post"),
                            ("broadcast", "Broadcast"),
                            ("treaty_text", "Treaty text"),
                            ("demarche", "Démarche"),
                            ("telegram", "Telegram"),
                            ("airgram", "Airgram"),
                            ("memorandum", "Memorandum"),
                            ("memorandum_of_conversation", "Memorandum of conversation"),
                            ("unknown", "Channel unknown"),
                        ],
                        help_text="A relayer's own: through what it spoke.",
                        max_length=40,
                        verbose_name="channel",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where a relayer belongs to one article alone.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relayers",
                        to="statements.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="The country it stands for. Empty: that of its post, organization or own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.country",
                        verbose_name="side",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the post held on the day is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="statements.post",
                        verbose_name="post",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="statements.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("replies_to", "Replies to"),
                            ("repeats", "Repeats"),
                            ("clarifies", "Clarifies"),
                            ("corrects", "Corrects"),
                            ("denies", "Denies"),
                            ("retracts", "Retracts"),
                            ("shares", "Shares"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="statements.statement",
                        verbose_name="statement",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_in",
                        to="statements.statement",
                        verbose_name="other statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Page, paragraph or minute.",
                        max_length=200,
                        verbose_name="locator",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct quotation"),
                            ("mixed", "Partly quoted"),
                            ("indirect", "Paraphrase"),
                            ("act_report", "Report of the act"),
                            ("contact_report", "Report of the contact"),
                        ],
                        help_text="Where this article renders it otherwise than the statement says.",
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                (
                    "text_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verbatim", "Verbatim"),
                            ("translated", "Translated"),
                            ("transcribed", "Transcribed"),
                            ("abridged", "Abridged"),
                            ("unknown", "State unknown"),
                        ],
                        max_length=20,
                        verbose_name="state of the text",
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(100000)],
                        verbose_name="exact words",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(blank=True, max_length=1000, verbose_name="words before"),
                ),
                (
                    "suffix",
                    models.CharField(blank=True, max_length=1000, verbose_name="words after"),
                ),
                (
                    "start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="In characters from the start; found for you when left empty.",
                        null=True,
                        verbose_name="position in the stored text",
                    ),
                ),
                (
                    "check_result",
                    models.CharField(
                        choices=[
                            (statements.quoting.Check["VERIFIED"], "verified"),
                            (statements.quoting.Check["MOVED"], "moved"),
                            (statements.quoting.Check["MISSING"], "missing"),
                            (statements.quoting.Check["NO_TEXT"], "no text stored"),
                        ],
                        default=statements.quoting.Check["NO_TEXT"],
                        max_length=20,
                        verbose_name="check",
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="checked at"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="statements.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="statements.statement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "started_on",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="started on"
                    ),
                ),
                (
                    "ended_on",
                    statements.models.fields.PartialDateField(
                        blank=True, max_length=10, null=True, verbose_name="ended on"
                    ),
                ),
                ("acting", models.BooleanField(default=False, verbose_name="acting")),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tenures",
                        to="statements.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenures",
                        to="statements.post",
                        verbose_name="post",
                    ),
                ),
            ],
            options={
                "verbose_name": "tenure",
                "verbose_name_plural": "tenures",
                "ordering": [models.OrderBy(models.F("started_on"), nulls_first=True), "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "call",
                            "meeting",
                            "visit",
                            "summit",
                            "conference",
                            "letter",
                            "post",
                            "speech",
                            "briefing",
                            "exchange",
                            "contact",
                            "incident",
                            "other",
                        ],
                    )
                ),
                name="event_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("started_on"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="event_started_on_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("ended_on"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="event_ended_on_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("started_on"),
                    models.F("ended_on"),
                    function="is_in_order",
                    output_field=models.BooleanField(),
                ),
                name="event_ends_after_it_starts",
                violation_error_message="The event ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""), ("url__iregex", "^https?://[^/?#@\\s]+([/?#]|$)"), _connector="OR"
                ),
                name="event_url_is_of_the_web",
            ),
        ),
        migrations.AddIndex(
            model_name="official",
            index=models.Index(fields=["sort_name", "name", "slug"], name="official_by_name"),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "ministry",
                            "presidency",
                            "government",
                            "parliament",
                            "court",
                            "army",
                            "embassy",
                            "agency",
                            "international_organisation",
                            "armed_group",
                            "party",
                            "other",
                        ],
                    )
                ),
                name="organization_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("website", ""),
                    ("website__iregex", "^https?://[^/?#@\\s]+([/?#]|$)"),
                    _connector="OR",
                ),
                name="organization_website_is_of_the_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="alias",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("country__isnull", False), ("official", None), ("organization", None)
                    ),
                    models.Q(
                        ("country", None), ("official", None), ("organization__isnull", False)
                    ),
                    models.Q(
                        ("country", None), ("official__isnull", False), ("organization", None)
                    ),
                    _connector="OR",
                ),
                name="alias_names_one_actor",
            ),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("website", ""),
                    ("website__iregex", "^https?://[^/?#@\\s]+([/?#]|$)"),
                    _connector="OR",
                ),
                name="outlet_website_is_of_the_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "news_report",
                            "press_release",
                            "transcript",
                            "readout",
                            "social_post",
                            "interview",
                            "archival_document",
                            "book",
                            "reconstruction",
                        ],
                    )
                ),
                name="article_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("published_on"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="article_published_on_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("body"), 1000000
                ),
                name="article_body_is_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""), ("url__iregex", "^https?://[^/?#@\\s]+([/?#]|$)"), _connector="OR"
                ),
                name="article_url_is_of_the_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived_url", ""),
                    ("archived_url__iregex", "^https?://[^/?#@\\s]+([/?#]|$)"),
                    _connector="OR",
                ),
                name="article_archived_url_is_of_the_web",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", statements.vocabulary.ArticleKind["RECONSTRUCTION"]), _negated=True
                    ),
                    ("based_on__isnull", False),
                    _connector="OR",
                ),
                name="article_reconstruction_names_its_report",
                violation_error_message="A reconstruction says which report it is based on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("based_on", None),
                    models.Q(("based_on", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="article_is_not_based_on_itself",
                violation_error_message="An article cannot be based on itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["", "speaker", "addressee", "relayer", "subject"])
                ),
                name="eventparty_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["OFFICIAL"]),
                        ("official__isnull", False),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["ORGANIZATION"]),
                        ("official", None),
                        ("organization__isnull", False),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["POST"]),
                        ("official", None),
                        ("organization", None),
                        ("post__isnull", False),
                    ),
                    models.Q(
                        ("country__isnull", False),
                        ("kind", statements.vocabulary.PartyKind["COUNTRY"]),
                        ("official", None),
                        ("organization", None),
                        ("post", None),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["PUBLIC"]),
                        ("official", None),
                        ("organization", None),
                        ("post", None),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["UNNAMED"]),
                        ("official", None),
                        models.Q(("name_as_printed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="eventparty_actor_matches_kind",
                violation_error_message="Name the actor that the kind asks for: an official, an organization, a post or a country; for someone unnamed, the words printed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role", statements.vocabulary.Role["RELAYER"]),
                    models.Q(("channel", ""), ("form", "")),
                    _connector="OR",
                ),
                name="eventparty_only_relayers_have_form",
                violation_error_message="Only a relayer has a form and a channel of its own.",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["role", "official", "statement"], name="party_by_official"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["role", "country", "statement"], name="party_by_country"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["role", "organization", "statement"], name="party_by_org"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["", "speaker", "addressee", "relayer", "subject"])
                ),
                name="party_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["", "stated", "inferred"])),
                name="party_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "form__in",
                        ["", "direct", "mixed", "indirect", "act_report", "contact_report"],
                    )
                ),
                name="party_form_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "",
                            "meeting_bilateral",
                            "meeting_multilateral",
                            "phone_call",
                            "video_call",
                            "letter",
                            "note_verbale",
                            "message",
                            "summons",
                            "press_statement",
                            "readout",
                            "joint_statement",
                            "communique",
                            "press_briefing",
                            "press_conference",
                            "speech",
                            "un_statement",
                            "interview",
                            "parliamentary_statement",
                            "op_ed",
                            "social_post",
                            "broadcast",
                            "treaty_text",
                            "demarche",
                            "telegram",
                            "airgram",
                            "memorandum",
                            "memorandum_of_conversation",
                            "unknown",
                        ],
                    )
                ),
                name="party_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["OFFICIAL"]),
                        ("official__isnull", False),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["ORGANIZATION"]),
                        ("official", None),
                        ("organization__isnull", False),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["POST"]),
                        ("official", None),
                        ("organization", None),
                        ("post__isnull", False),
                    ),
                    models.Q(
                        ("country__isnull", False),
                        ("kind", statements.vocabulary.PartyKind["COUNTRY"]),
                        ("official", None),
                        ("organization", None),
                        ("post", None),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["PUBLIC"]),
                        ("official", None),
                        ("organization", None),
                        ("post", None),
                    ),
                    models.Q(
                        ("kind", statements.vocabulary.PartyKind["UNNAMED"]),
                        ("official", None),
                        models.Q(("name_as_printed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="party_actor_matches_kind",
                violation_error_message="Name the actor that the kind asks for: an official, an organization, a post or a country; for someone unnamed, the words printed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role", statements.vocabulary.Role["RELAYER"]),
                    models.Q(("channel", ""), ("form", "")),
                    _connector="OR",
                ),
                name="party_only_relayers_have_form",
                violation_error_message="Only a relayer has a form and a channel of its own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role", statements.vocabulary.Role["RELAYER"]),
                    ("article", None),
                    _connector="OR",
                ),
                name="party_only_relayers_have_an_article",
                violation_error_message="Only a relayer can belong to one article alone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("official__isnull", False)),
                fields=("statement", "role", "official", "article"),
                name="party_official_once_in_a_role",
                nulls_distinct=False,
                violation_error_message="The same official stands twice in the same role.",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "replies_to",
                            "repeats",
                            "clarifies",
                            "corrects",
                            "denies",
                            "retracts",
                            "shares",
                        ],
                    )
                ),
                name="link_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("statement", "kind", "target"), name="link_is_made_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("statement", models.F("target")), _negated=True),
                name="link_is_to_another",
                violation_error_message="A statement cannot be linked to itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "form__in",
                        ["", "direct", "mixed", "indirect", "act_report", "contact_report"],
                    )
                ),
                name="citation_form_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "text_status__in",
                        ["", "verbatim", "translated", "transcribed", "abridged", "unknown"],
                    )
                ),
                name="citation_text_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("check_result__in", ["", "verified", "moved", "missing", "no_text"])
                ),
                name="citation_check_result_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                models.F("statement"),
                models.F("article"),
                models.F("start"),
                django.db.models.functions.text.MD5("quote"),
                name="citation_is_made_once",
                nulls_distinct=False,
                violation_error_message="The same words are cited twice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenure",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("started_on"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="tenure_started_on_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenure",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("ended_on"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="tenure_ended_on_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenure",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("started_on"),
                    models.F("ended_on"),
                    function="is_in_order",
                    output_field=models.BooleanField(),
                ),
                name="tenure_ends_after_it_starts",
                violation_error_message="The tenure ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tenure",
            constraint=models.UniqueConstraint(
                fields=("official", "post", "started_on", "ended_on"),
                name="tenure_is_told_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["-sort_on", "-id"], name="statement_newest"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["-published_at", "-id"], name="statement_added"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["-updated_at", "-id"], name="statement_updated"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["language"], name="statement_language"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["original_language"], name="statement_original"),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_vector"], name="statement_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "form__in",
                        ["", "direct", "mixed", "indirect", "act_report", "contact_report"],
                    )
                ),
                name="statement_form_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "text_status__in",
                        ["", "verbatim", "translated", "transcribed", "abridged", "unknown"],
                    )
                ),
                name="statement_text_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "",
                            "meeting_bilateral",
                            "meeting_multilateral",
                            "phone_call",
                            "video_call",
                            "letter",
                            "note_verbale",
                            "message",
                            "summons",
                            "press_statement",
                            "readout",
                            "joint_statement",
                            "communique",
                            "press_briefing",
                            "press_conference",
                            "speech",
                            "un_statement",
                            "interview",
                            "parliamentary_statement",
                            "op_ed",
                            "social_post",
                            "broadcast",
                            "treaty_text",
                            "demarche",
                            "telegram",
                            "airgram",
                            "memorandum",
                            "memorandum_of_conversation",
                            "unknown",
                        ],
                    )
                ),
                name="statement_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel_basis__in", ["", "stated", "inferred"])),
                name="statement_channel_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_on_basis__in", ["", "stated", "inferred"])),
                name="statement_said_on_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "said_on_qualifier__in",
                        ["", "on", "about", "not_before", "not_after", "between"],
                    )
                ),
                name="statement_said_on_qualifier_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing__in", ["", "undisputed", "disputed", "misattributed", "retracted"])
                ),
                name="statement_standing_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["", "draft", "in_review", "published", "withdrawn"])
                ),
                name="statement_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("said_on"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="statement_said_on_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("said_on_until"),
                    function="is_partial_day",
                    output_field=models.BooleanField(),
                ),
                name="statement_said_on_until_is_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "acts__contained_by",
                        [
                            "comment",
                            "justify",
                            "reassure",
                            "deny",
                            "condole",
                            "appeal",
                            "demand",
                            "offer",
                            "agree",
                            "consult",
                            "support",
                            "apologise",
                            "concede",
                            "condemn",
                            "accuse",
                            "reject",
                            "threaten",
                            "announce",
                        ],
                    )
                ),
                name="statement_acts_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("said_on__isnull", True),
                        ("said_on_qualifier", "on"),
                        ("said_on_until", None),
                    ),
                    models.Q(
                        ("said_on__isnull", False),
                        ("said_on_until", None),
                        models.Q(
                            ("said_on_qualifier", statements.dates.Qualifier["BETWEEN"]),
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        ("said_on__isnull", False),
                        ("said_on_qualifier", statements.dates.Qualifier["BETWEEN"]),
                        ("said_on_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="statement_second_day_with_between",
                violation_error_message="“Between” needs two days, and only “between” has a second one; a statement without a day has no qualifier.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("said_on"),
                    models.F("said_on_until"),
                    function="is_in_order",
                    output_field=models.BooleanField(),
                ),
                name="statement_days_in_order",
                violation_error_message="The second day lies before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_on", None), ("undated_reason", ""), _connector="OR"),
                name="statement_undated_reason_without_day",
                violation_error_message="A statement with a day needs no reason for having none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_at_offset__range", (-1439, 1439))),
                name="statement_offset_is_under_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", statements.vocabulary.Standing["UNDISPUTED"]),
                    models.Q(("standing_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="statement_standing_has_evidence",
                violation_error_message="Say who disputes the attribution, since when, and where that is reported.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", statements.vocabulary.Status["WITHDRAWN"]), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="statement_withdrawal_has_reason",
                violation_error_message="Say why the statement is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", statements.vocabulary.Status["PUBLISHED"]), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="statement_published_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="statement_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("text"), 100000
                ),
                name="statement_text_is_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("original_text"), 100000
                ),
                name="statement_original_text_is_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("event_order", None), ("event__isnull", False), _connector="OR"
                ),
                name="statement_order_is_in_an_event",
                violation_error_message="An order needs the event it counts in.",
            ),
        ),
    ]
