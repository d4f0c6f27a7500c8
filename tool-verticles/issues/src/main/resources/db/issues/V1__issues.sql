-- Trackers of accounts, and what is in them. The account comes first in each key and each index. Of a
-- tracker elsewhere this is a copy, of one of the kind "local" the only place there is.

-- A deleted tracker stays, unseen, until somebody removes it for good.
CREATE TABLE trackers (
  account text COLLATE "C" NOT NULL CHECK (char_length(account) BETWEEN 1 AND 256),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  tracker_type text COLLATE "C" NOT NULL CHECK (tracker_type IN ('local', 'github', 'gitlab', 'jira')),
  url text CHECK (char_length(url) <= 1024),
  auth_type text COLLATE "C" NOT NULL DEFAULT 'none',
  secret bytea,
  connection_details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(connection_details) = 'object'),
  is_active boolean NOT NULL DEFAULT true,
  is_deleted boolean NOT NULL DEFAULT false,
  is_valid boolean,
  last_validation timestamptz,
  validation_message text,
  scope_rules jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(scope_rules) = 'array'),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id)
);
CREATE UNIQUE INDEX trackers_name ON trackers (account, name) WHERE NOT is_deleted;

-- project_id is the project of the house that a tracker's project belongs to: who may act in that one
-- only sees what hangs on it. in_scope is what the tracker's scope rules say of it.
CREATE TABLE projects (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  tracker_id uuid NOT NULL,
  organization text NOT NULL CHECK (char_length(organization) BETWEEN 1 AND 200),
  identifier text NOT NULL CHECK (char_length(identifier) BETWEEN 1 AND 255),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  project_id text COLLATE "C" CHECK (project_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  in_scope boolean NOT NULL DEFAULT true,
  next_number bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (account, id),
  CONSTRAINT projects_tracker FOREIGN KEY (account, tracker_id) REFERENCES trackers ON DELETE CASCADE
);
CREATE UNIQUE INDEX projects_identifier ON projects (account, tracker_id, lower(identifier));
CREATE INDEX projects_project ON projects (account, project_id);

-- changed is for those who keep an index of their own and read what is new: everything below the oldest
-- transaction that still runs is there to stay.
CREATE TABLE issues (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  project uuid NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  url text COLLATE "C" NOT NULL,
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 255),
  description text NOT NULL CHECK (char_length(description) <= 100000),
  status text NOT NULL,
  category text COLLATE "C" NOT NULL CHECK (category IN ('todo', 'in_progress', 'done')),
  priority text,
  labels text[] NOT NULL DEFAULT '{}' CHECK (cardinality(labels) <= 50),
  assignee text,
  author text NOT NULL,
  revision text COLLATE "C" NOT NULL CHECK (revision ~ '^[0-9a-f]{64}$'),
  meta_data jsonb NOT NULL DEFAULT '{}',
  words tsvector GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED,
  changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id),
  CONSTRAINT issues_external UNIQUE (account, project, external_id),
  CONSTRAINT issues_project FOREIGN KEY (account, project) REFERENCES projects ON DELETE CASCADE
);
CREATE INDEX issues_key ON issues (account, lower(key));
CREATE INDEX issues_key_end ON issues (account, reverse(lower(key)) COLLATE "C");
CREATE INDEX issues_url ON issues (account, url);
CREATE INDEX issues_updated ON issues (account, project, updated_at DESC, id DESC);
CREATE INDEX issues_created ON issues (account, project, created_at DESC, id DESC);
CREATE INDEX issues_updated_anywhere ON issues (account, updated_at DESC, id DESC);
CREATE INDEX issues_created_anywhere ON issues (account, created_at DESC, id DESC);
CREATE INDEX issues_changed ON issues (account, changed, id);

CREATE TABLE comments (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue uuid NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  author text NOT NULL,
  body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 65536),
  in_reply_to uuid,
  url text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account, id),
  CONSTRAINT comments_issue FOREIGN KEY (account, issue) REFERENCES issues ON DELETE CASCADE
);
CREATE INDEX comments_by_issue ON comments (account, issue, created_at, id);

-- What a project's labels are called, with what its tracker says of them.
CREATE TABLE labels (
  account text COLLATE "C" NOT NULL,
  project uuid NOT NULL,
  name text COLLATE "C" NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  description text,
  color text COLLATE "C",
  PRIMARY KEY (account, project, name),
  CONSTRAINT labels_project FOREIGN KEY (account, project) REFERENCES projects ON DELETE CASCADE
);

-- Each link is there twice, once from either end.
CREATE TABLE links (
  account text COLLATE "C" NOT NULL,
  issue uuid NOT NULL,
  related uuid NOT NULL,
  relation text COLLATE "C" NOT NULL
    CHECK (relation IN ('blocks', 'is_blocked_by', 'relates_to', 'duplicates', 'is_duplicated_by')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, issue, related, relation),
  CONSTRAINT links_issue FOREIGN KEY (account, issue) REFERENCES issues ON DELETE CASCADE,
  CONSTRAINT links_related FOREIGN KEY (account, related) REFERENCES issues ON DELETE CASCADE
);
CREATE INDEX links_by_related ON links (account, related);

-- What became of an issue, one row for each field that changed. related is the other end of a link.
CREATE TABLE history (
  account text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  issue uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  agent text,
  field text COLLATE "C" NOT NULL,
  before text,
  after text,
  related uuid,
  PRIMARY KEY (account, issue, id),
  CONSTRAINT history_issue FOREIGN KEY (account, issue) REFERENCES issues ON DELETE CASCADE
);

-- What a write answered, for whoever sends it again with the same key. It is there when, and only
-- when, what was written is.
CREATE TABLE repeats (
  account text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL CHECK (char_length(key) <= 300),
  digest text COLLATE "C" NOT NULL,
  answer json,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, owner, key)
);
CREATE INDEX repeats_age ON repeats (account, made_at);

-- Issues as they are told of: those of trackers that are there and in use.
CREATE VIEW known_issues AS
SELECT i.account, i.id, i.external_id, i.key, i.title, i.description, i.status, i.category, i.priority,
  i.labels, i.assignee, i.author, i.url, i.revision, i.meta_data, i.changed,
  i.created_at AS made, i.updated_at AS touched,
  to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
  to_char(i.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS updated_at,
  p.id AS project_row, p.organization, p.identifier, p.name AS project, p.project_id, p.in_scope,
  t.id AS tracker_id, t.name AS tracker, t.tracker_type
FROM issues i
JOIN projects p ON p.account = i.account AND p.id = i.project
JOIN trackers t ON t.account = p.account AND t.id = p.tracker_id
WHERE t.is_active AND NOT t.is_deleted;

-- Their projects, likewise.
CREATE VIEW known_projects AS
SELECT p.account, p.id, p.organization, p.identifier, p.name, p.project_id, p.in_scope,
  t.id AS tracker_id, t.name AS tracker, t.tracker_type
FROM projects p
JOIN trackers t ON t.account = p.account AND t.id = p.tracker_id
WHERE t.is_active AND NOT t.is_deleted;
