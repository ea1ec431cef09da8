"""How many published statements have each token, kept by the database itself.

A list that nothing narrows, and a facet whose own choice leaves one country, are then told without
a look at the statements. Changes are noted as they are made and added up as the last act of their
transaction, when the archive's revision moves: nobody waits for another's long import.
"""

from django.db import migrations

# Besides the tokens of facets (see 0005): @i the month, and @ alone for all statements.
COUNTS = r"""
CREATE TABLE statements_count (
    token text COLLATE "C" PRIMARY KEY,
    n bigint NOT NULL
);
CREATE INDEX statements_count_most ON statements_count (left(token, 2), n DESC);
-- Pairs of sides by the second one.
CREATE INDEX statements_count_across ON statements_count (split_part(token, '-', 2))
WHERE token LIKE '@z%';
CREATE TABLE statements_countchange (token text COLLATE "C" NOT NULL, n bigint NOT NULL);

CREATE FUNCTION counted_tokens(facets text[], sort_on date) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT unnest(facets)
    UNION ALL SELECT '@'
    UNION ALL SELECT '@i' || to_char(sort_on, 'YYYY-MM')
        WHERE sort_on > '0001-01-01' OR '@y0001' = ANY (facets)
$$;

CREATE FUNCTION note_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO statements_countchange
        SELECT token, count(*) FROM changed, counted_tokens(facets, sort_on) AS token
        WHERE status = 'published' GROUP BY token;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO statements_countchange
        SELECT token, -count(*) FROM before, counted_tokens(facets, sort_on) AS token
        WHERE status = 'published' GROUP BY token;
    ELSE
        INSERT INTO statements_countchange
        SELECT token, sum(n) FROM (
            SELECT token, 1 AS n FROM changed, counted_tokens(facets, sort_on) AS token
            WHERE status = 'published'
            UNION ALL
            SELECT token, -1 FROM before, counted_tokens(facets, sort_on) AS token
            WHERE status = 'published'
        ) AS told GROUP BY token HAVING sum(n) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_counts_of_new AFTER INSERT ON statements_statement
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_counts();
CREATE TRIGGER note_counts_of_changed AFTER UPDATE ON statements_statement
REFERENCING OLD TABLE AS before NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_counts();
CREATE TRIGGER note_counts_of_gone AFTER DELETE ON statements_statement
REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_counts();

-- Counts everything anew: for what was written while the triggers were away.
CREATE FUNCTION count_anew() RETURNS void LANGUAGE sql AS $$
    DELETE FROM statements_countchange;
    DELETE FROM statements_count;
    INSERT INTO statements_count VALUES ('@', 0);
    INSERT INTO statements_count
    SELECT token, count(*) FROM statements_statement, counted_tokens(facets, sort_on) AS token
    WHERE status = 'published' GROUP BY token
    ON CONFLICT (token) DO UPDATE SET n = EXCLUDED.n;
$$;
CREATE FUNCTION count_none() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM count_anew();
    RETURN NULL;
END $$;
CREATE TRIGGER count_none AFTER TRUNCATE ON statements_statement
FOR EACH STATEMENT EXECUTE FUNCTION count_none();

-- Whoever moves the revision holds its row until the transaction ends, so that one adds at a time.
CREATE OR REPLACE FUNCTION move_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_revision_request
    WHERE asked_by = NEW.asked_by AND asks_names = NEW.asks_names;
    UPDATE statements_revision SET number = number + 1, names = names + NEW.asks_names::int;
    WITH moved AS (DELETE FROM statements_countchange RETURNING token, n)
    INSERT INTO statements_count
    SELECT token, sum(n) FROM moved GROUP BY token HAVING sum(n) <> 0
    ON CONFLICT (token) DO UPDATE SET n = statements_count.n + EXCLUDED.n;
    RETURN NULL;
END $$;

SELECT count_anew();
"""
REMOVE = r"""
CREATE OR REPLACE FUNCTION move_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_revision_request
    WHERE asked_by = NEW.asked_by AND asks_names = NEW.asks_names;
    UPDATE statements_revision SET number = number + 1, names = names + NEW.asks_names::int;
    RETURN NULL;
END $$;
DROP TRIGGER count_none ON statements_statement;
DROP FUNCTION count_none;
DROP FUNCTION count_anew;
DROP TRIGGER note_counts_of_new ON statements_statement;
DROP TRIGGER note_counts_of_changed ON statements_statement;
DROP TRIGGER note_counts_of_gone ON statements_statement;
DROP FUNCTION note_counts;
DROP FUNCTION counted_tokens;
DROP TABLE statements_countchange;
DROP TABLE statements_count;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0015_checked_again")]

    operations = [migrations.RunSQL(COUNTS, REMOVE)]
