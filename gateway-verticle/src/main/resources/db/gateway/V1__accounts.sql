-- What accounts have. The account comes first in each key and each index; two indexes cannot: a key
-- is found by its hash before anybody knows whose it is, and gateways ask what has changed anywhere.

-- A row for each account that was ever changed. Whoever changes anything of an account raises its
-- version first, and so waits for whoever else does.
CREATE TABLE accounts (
  account text COLLATE "C" PRIMARY KEY CHECK (char_length(account) BETWEEN 1 AND 256),
  version bigint NOT NULL DEFAULT 1,
  changed xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX accounts_changed ON accounts (changed);

CREATE TABLE projects (
  account text COLLATE "C" NOT NULL REFERENCES accounts,
  id text COLLATE "C" NOT NULL CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
  key text COLLATE "C" NOT NULL CHECK (key ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  bindings jsonb NOT NULL
    CHECK (jsonb_typeof(bindings) = 'object' AND octet_length(bindings::text) <= 16384),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id),
  CONSTRAINT projects_key UNIQUE (account, key)
);

CREATE TABLE agents (
  account text COLLATE "C" NOT NULL REFERENCES accounts,
  id text COLLATE "C" NOT NULL CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  type text NOT NULL CHECK (char_length(type) BETWEEN 1 AND 64),
  status text COLLATE "C" NOT NULL CHECK (status IN ('active', 'inactive')),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id)
);

CREATE TABLE grants (
  account text COLLATE "C" NOT NULL REFERENCES accounts,
  id text COLLATE "C" NOT NULL CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
  agent_id text COLLATE "C" NOT NULL,
  project_id text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL CHECK (role IN ('reader', 'writer', 'admin')),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id),
  CONSTRAINT grants_pair UNIQUE (account, agent_id, project_id),
  CONSTRAINT grants_agent FOREIGN KEY (account, agent_id) REFERENCES agents,
  CONSTRAINT grants_project FOREIGN KEY (account, project_id) REFERENCES projects
);
CREATE INDEX grants_by_project ON grants (account, project_id);

-- Of a key its SHA-256 only. Where allowed_tools is null there is no limit; an empty one allows none.
CREATE TABLE api_keys (
  account text COLLATE "C" NOT NULL REFERENCES accounts,
  id text COLLATE "C" NOT NULL CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  scopes text[] NOT NULL CHECK (cardinality(scopes) <= 100),
  allowed_tools text[] CHECK (cardinality(allowed_tools) <= 500),
  agent_id text COLLATE "C",
  project_id text COLLATE "C",
  is_active boolean NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id),
  CONSTRAINT api_keys_hash UNIQUE (hash),
  CONSTRAINT api_keys_agent FOREIGN KEY (account, agent_id) REFERENCES agents,
  CONSTRAINT api_keys_project FOREIGN KEY (account, project_id) REFERENCES projects
);
CREATE INDEX api_keys_by_agent ON api_keys (account, agent_id);
CREATE INDEX api_keys_by_project ON api_keys (account, project_id);

-- A tool that no row is about is on.
CREATE TABLE tool_settings (
  account text COLLATE "C" NOT NULL REFERENCES accounts,
  id text COLLATE "C" NOT NULL CHECK (char_length(id) BETWEEN 1 AND 256),
  is_enabled boolean NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id)
);
