-- How the copy of a tracker elsewhere is kept. Nothing of what the tracker says is in these tables.

-- Where a tracker's sync stands. A run that is open goes on where it stopped, on whichever node: who
-- runs it has claimed it for a short time, and says again and again that it is still there.
CREATE TABLE syncs (
  account text COLLATE "C" NOT NULL,
  tracker uuid NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'queued'
    CHECK (state IN ('idle', 'queued', 'running', 'failed')),
  due_at timestamptz NOT NULL DEFAULT now(),
  claim uuid,
  claimed_until timestamptz,
  is_open boolean NOT NULL DEFAULT false,
  attempts integer NOT NULL DEFAULT 0,
  started_at timestamptz,
  ended_at timestamptz,
  synced_at timestamptz,
  done bigint NOT NULL DEFAULT 0,
  written bigint NOT NULL DEFAULT 0,
  failed bigint NOT NULL DEFAULT 0,
  failures jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(failures) = 'array'),
  error text,
  PRIMARY KEY (account, tracker),
  CONSTRAINT syncs_tracker FOREIGN KEY (account, tracker) REFERENCES trackers ON DELETE CASCADE
);
CREATE INDEX syncs_due ON syncs (due_at);

-- Where in a project. since: what changed then or later is to be read. next: the tracker's word for the
-- page that comes; null at the beginning. newest: the latest change that was told since the beginning.
-- sweep: where all issues are read, so that those that are gone are found: what was to be seen when
-- that began.
CREATE TABLE sync_places (
  account text COLLATE "C" NOT NULL,
  project uuid NOT NULL,
  since timestamptz,
  next text,
  newest timestamptz,
  sweep pg_snapshot,
  swept_at timestamptz,
  is_begun boolean NOT NULL DEFAULT false,
  is_read boolean NOT NULL DEFAULT false,
  is_done boolean NOT NULL DEFAULT false,
  total bigint,
  PRIMARY KEY (account, project),
  CONSTRAINT sync_places_project FOREIGN KEY (account, project) REFERENCES projects ON DELETE CASCADE
);

-- What a sweep has seen so far.
CREATE TABLE sync_seen (
  account text COLLATE "C" NOT NULL,
  project uuid NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (account, project, external_id),
  CONSTRAINT sync_seen_project FOREIGN KEY (account, project) REFERENCES projects ON DELETE CASCADE
);

-- Who may knock for a tracker: its secret, sealed, and which deliveries came.
CREATE TABLE webhooks (
  account text COLLATE "C" NOT NULL,
  tracker uuid NOT NULL UNIQUE,
  secret text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, tracker),
  CONSTRAINT webhooks_tracker FOREIGN KEY (account, tracker) REFERENCES trackers ON DELETE CASCADE
);

CREATE TABLE deliveries (
  account text COLLATE "C" NOT NULL,
  tracker uuid NOT NULL,
  delivery text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, tracker, delivery),
  CONSTRAINT deliveries_webhook FOREIGN KEY (account, tracker) REFERENCES webhooks ON DELETE CASCADE
);
CREATE INDEX deliveries_at ON deliveries (account, tracker, at);

-- Issues that are to be read anew, each once however often somebody knocks for it.
CREATE TABLE rereads (
  account text COLLATE "C" NOT NULL,
  project uuid NOT NULL,
  external_id text COLLATE "C" NOT NULL CHECK (char_length(external_id) <= 255),
  mark uuid NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, project, external_id),
  CONSTRAINT rereads_project FOREIGN KEY (account, project) REFERENCES projects ON DELETE CASCADE
);
CREATE INDEX rereads_due ON rereads (due_at);

-- What a tracker calls a comment is said once of each issue.
DROP INDEX comments_external;
CREATE UNIQUE INDEX comments_once ON comments (account, issue, external_id);
