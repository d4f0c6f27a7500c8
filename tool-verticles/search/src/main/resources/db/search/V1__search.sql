-- What can be found of the issues of accounts: a copy, made of what the family "issues" tells. The account
-- comes first in each key, index and query; row-level security holds for those who forget it.

-- How far each account is read. No text is in it, and whoever looks for accounts to read has none of its own.
-- round counts the times that everything was read anew: what an old round left behind is gone by the end of
-- the next one. An instance that reads an account, or has vectors made for
-- it, says so for a moment; nobody else does so meanwhile.
CREATE TABLE accounts (
  account text COLLATE "C" PRIMARY KEY CHECK (char_length(account) BETWEEN 1 AND 256),
  place text COLLATE "C",
  round bigint NOT NULL DEFAULT 1,
  caught_up boolean NOT NULL DEFAULT false,
  swept boolean NOT NULL DEFAULT false,
  claimed_by text COLLATE "C",
  claimed_until timestamptz NOT NULL DEFAULT '-infinity',
  filled_by text COLLATE "C",
  filled_until timestamptz NOT NULL DEFAULT '-infinity',
  read_at timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX accounts_read ON accounts (read_at);

-- What may be told of is up to the project: it is in a tracker that is switched on, within that one's scope.
CREATE TABLE projects (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  identifier text NOT NULL,
  name text NOT NULL,
  organization text NOT NULL,
  project_id text COLLATE "C",
  tracker_id uuid NOT NULL,
  tracker text NOT NULL,
  in_scope boolean NOT NULL,
  is_active boolean NOT NULL,
  PRIMARY KEY (account, id)
);

-- words are title (A), description and labels (B) and comments (C). No index is on them: where row-level
-- security is in force the rows of the account are looked at anyhow.
CREATE TABLE issues (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  project uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  labels text[] NOT NULL,
  status text NOT NULL,
  category text COLLATE "C" NOT NULL,
  facts jsonb NOT NULL,
  touched timestamptz NOT NULL,
  words tsvector NOT NULL,
  round bigint NOT NULL,
  digest text COLLATE "C" GENERATED ALWAYS AS (md5(title || ': ' || description)) STORED,
  PRIMARY KEY (account, id)
);
CREATE INDEX issues_touched ON issues (account, touched DESC, id);
CREATE INDEX issues_project ON issues (account, project);

CREATE TABLE comments (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  issue uuid NOT NULL,
  author text NOT NULL,
  body text NOT NULL,
  touched timestamptz NOT NULL,
  words tsvector NOT NULL,
  digest text COLLATE "C" GENERATED ALWAYS AS (md5(body)) STORED,
  PRIMARY KEY (account, id),
  CONSTRAINT comments_issue FOREIGN KEY (account, issue) REFERENCES issues ON DELETE CASCADE
);
CREATE INDEX comments_issue ON comments (account, issue);
CREATE INDEX comments_touched ON comments (account, touched DESC, id);

-- The meaning of an issue or a comment as an embedding model has it, of length one. digest is of the text
-- that it was made of.
CREATE TABLE vectors (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  issue uuid NOT NULL,
  model text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  vector real[] NOT NULL,
  PRIMARY KEY (account, id),
  CONSTRAINT vectors_issue FOREIGN KEY (account, issue) REFERENCES issues ON DELETE CASCADE
);
CREATE INDEX vectors_issue ON vectors (account, issue);

-- Whatever has any of the words of a text.
CREATE FUNCTION any_word(asked text) RETURNS tsquery LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(
    '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' | '), '')::tsquery
  FROM unnest(to_tsvector('english', asked))
$$;

ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE projects FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON projects USING (account = current_setting('umbel.account', true));
ALTER TABLE issues ENABLE ROW LEVEL SECURITY;
ALTER TABLE issues FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON issues USING (account = current_setting('umbel.account', true));
ALTER TABLE comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE comments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON comments USING (account = current_setting('umbel.account', true));
ALTER TABLE vectors ENABLE ROW LEVEL SECURITY;
ALTER TABLE vectors FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON vectors USING (account = current_setting('umbel.account', true));
