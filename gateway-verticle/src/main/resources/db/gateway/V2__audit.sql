-- Who did what. The account comes first in each key and each index. Of each account the rows are a
-- chain: each holds the hash of the one before, and the head says which is the last.

CREATE TABLE audit_heads (
  account_id text COLLATE "C" PRIMARY KEY,
  seq bigint NOT NULL,
  hash text COLLATE "C" NOT NULL
);

-- The hash is over the texts of the other columns, so what is JSON is kept as it was written.
CREATE TABLE audit (
  account_id text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  ts timestamptz NOT NULL,
  user_id text NOT NULL,
  agent_id text COLLATE "C",
  project_id text COLLATE "C",
  action text COLLATE "C" NOT NULL,
  tool text COLLATE "C",
  server text COLLATE "C",
  status text COLLATE "C" NOT NULL CHECK (status IN ('succeeded', 'refused', 'failed')),
  duration_ms double precision NOT NULL,
  correlation_id text NOT NULL,
  arguments_summary text,
  arguments_hash text COLLATE "C",
  policy_decision text COLLATE "C" NOT NULL CHECK (policy_decision IN ('allow', 'deny')),
  rule_id text,
  client_ip text COLLATE "C",
  error_code text COLLATE "C",
  change text,
  prev_hash text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, seq),
  UNIQUE (account_id, id)
);

CREATE INDEX audit_ts ON audit (account_id, ts);
CREATE INDEX audit_tool ON audit (account_id, tool, seq);
CREATE INDEX audit_agent ON audit (account_id, agent_id, seq) WHERE agent_id IS NOT NULL;
CREATE INDEX audit_project ON audit (account_id, project_id, seq) WHERE project_id IS NOT NULL;
