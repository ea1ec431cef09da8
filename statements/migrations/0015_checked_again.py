"""Checks of citations that cannot outlive the text they were made in, and keys of drafts."""

from django.db import migrations, models
from django.db.models import Q

# Exact words only, counted in code points as everywhere; `curation` looks for near ones besides.
CHECK = r"""
CREATE FUNCTION check_words(body text, quote text, start integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN body = '' OR quote = '' OR start IS NULL THEN 'no_text'
    WHEN substr(body, start + 1, length(quote)) = quote THEN 'verified'
    WHEN strpos(body, quote) > 0 THEN 'moved'
    ELSE 'missing'
END;

-- Whoever changes a stored text, by whatever way: no citation goes on claiming words that are not
-- there. What does not stand exactly as cited has no day of its check until someone looks closer.
CREATE FUNCTION check_citations_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_citation c
    SET check_result = found.result,
        checked_at = CASE WHEN found.result = 'verified' OR NEW.body = '' THEN now() END
    FROM (
        SELECT id, check_words(NEW.body, quote, start) AS result
        FROM statements_citation WHERE article_id = NEW.id AND quote <> ''
    ) found
    WHERE c.id = found.id;
    RETURN NULL;
END $$;
CREATE TRIGGER check_citations_again AFTER UPDATE ON statements_article FOR EACH ROW
WHEN (NEW.body_sha256 <> OLD.body_sha256) EXECUTE FUNCTION check_citations_again();

-- Other words, or another place or article, under the old check. A new check tells its instant.
-- In another article with the very same text, the check holds as it was made.
CREATE FUNCTION guard_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.quote, NEW.start) IS NOT DISTINCT FROM (OLD.quote, OLD.start) AND EXISTS (
        SELECT FROM statements_article n JOIN statements_article o USING (body_sha256)
        WHERE n.id = NEW.article_id AND o.id = OLD.article_id
    ) THEN
        RETURN NEW;
    END IF;
    NEW.check_result := coalesce(
        (SELECT check_words(body, NEW.quote, NEW.start)
         FROM statements_article WHERE id = NEW.article_id),
        'no_text'
    );
    IF NEW.check_result <> 'verified' THEN
        NEW.checked_at := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_check BEFORE UPDATE ON statements_citation FOR EACH ROW
WHEN (
    (NEW.quote, NEW.start, NEW.article_id) IS DISTINCT FROM (OLD.quote, OLD.start, OLD.article_id)
    AND (NEW.check_result, NEW.checked_at)
        IS NOT DISTINCT FROM (OLD.check_result, OLD.checked_at)
)
EXECUTE FUNCTION guard_check();
"""
REMOVE_CHECK = """
DROP FUNCTION guard_check CASCADE;
DROP FUNCTION check_citations_again CASCADE;
DROP FUNCTION check_words;
"""

# A check changes nothing that statements are found by: their vectors are not made anew for it.
TOUCH = r"""
CREATE FUNCTION touch_statements_of_citations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_statement SET id = id WHERE id IN (
        SELECT unnest(ARRAY[n.statement_id, o.statement_id])
        FROM changed n JOIN before o ON o.id = n.id
        WHERE (n.statement_id, n.article_id) IS DISTINCT FROM (o.statement_id, o.article_id)
    );
    RETURN NULL;
END $$;
"""
TOUCH_AFTER = """
DROP TRIGGER touch_after_update ON statements_citation;
CREATE TRIGGER touch_after_update AFTER UPDATE ON statements_citation
REFERENCING NEW TABLE AS changed OLD TABLE AS before
FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""

# What was never public has been cited by nobody: its name may follow its day and its speaker.
KEY = """
DROP TRIGGER keep_key ON statements_statement;
CREATE TRIGGER keep_key BEFORE UPDATE OF key ON statements_statement
FOR EACH ROW WHEN (NEW.key <> OLD.key{but}) EXECUTE FUNCTION keep_key();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0014_derive_faster")]

    operations = [
        migrations.RunSQL(CHECK, REMOVE_CHECK),
        migrations.RunSQL(
            TOUCH + TOUCH_AFTER.format(function="touch_statements_of_citations"),
            TOUCH_AFTER.format(function="touch_statements_moved")
            + "DROP FUNCTION touch_statements_of_citations;",
        ),
        migrations.RunSQL(KEY.format(but=" AND OLD.published_at IS NOT NULL"), KEY.format(but="")),
        migrations.AddIndex(
            "citation",
            models.Index(
                fields=["article", "id"],
                condition=Q(check_result__in=["moved", "missing"]),
                name="citation_to_look_at",
            ),
        ),
    ]
