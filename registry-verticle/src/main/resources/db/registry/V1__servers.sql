-- Upstream MCP servers. The account comes first in each key and each index but two: nodes ask what has
-- changed anywhere, and which secrets are kept with an older key.

-- What changed last: an account's servers, where the subject is all zeros, or what is known of one of
-- them. Whoever changes something raises its version first, and so waits for whoever else does.
CREATE TABLE changes (
  account text COLLATE "C" NOT NULL CHECK (char_length(account) BETWEEN 1 AND 256),
  subject uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (account, subject)
);
CREATE INDEX changes_changed ON changes (changed);

-- Of auth_config and env what is secret is in secrets, encrypted, and nowhere else: key.nonce+ciphertext.
CREATE TABLE mcp_servers (
  account text COLLATE "C" NOT NULL CHECK (char_length(account) BETWEEN 1 AND 256),
  id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
  namespace text COLLATE "C" NOT NULL CHECK (namespace ~ '^[a-z0-9-]{1,32}$'),
  description text CHECK (char_length(description) <= 4096),
  transport text COLLATE "C" NOT NULL CHECK (transport IN ('streamable_http', 'sse', 'stdio')),
  url text CHECK (char_length(url) <= 2048),
  command text CHECK (char_length(command) <= 4096),
  args jsonb CHECK (jsonb_typeof(args) = 'array'),
  env jsonb CHECK (jsonb_typeof(env) = 'object'),
  auth_type text COLLATE "C" NOT NULL
    CHECK (auth_type IN ('none', 'bearer', 'api_key', 'client_credentials')),
  auth_config jsonb CHECK (jsonb_typeof(auth_config) = 'object'),
  secrets text COLLATE "C",
  enabled_tools jsonb CHECK (jsonb_typeof(enabled_tools) = 'array'),
  status text COLLATE "C" NOT NULL CHECK (status IN ('active', 'inactive')),
  pin_tools boolean,
  serve_stale_tools boolean,
  timeout_ms integer,
  max_retries integer,
  max_concurrency integer,
  breaker_threshold integer,
  breaker_cooldown_ms integer,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id),
  CONSTRAINT mcp_servers_name UNIQUE (account, name),
  CONSTRAINT mcp_servers_namespace UNIQUE (account, namespace),
  CHECK ((transport = 'stdio') = (command IS NOT NULL)),
  CHECK ((transport = 'stdio') = (url IS NULL))
);
CREATE INDEX mcp_servers_keys ON mcp_servers (split_part(secrets, '.', 1))
  WHERE secrets IS NOT NULL;

-- How a server does. Servers of the operator are in no table, so nothing refers to one.
CREATE TABLE standings (
  account text COLLATE "C" NOT NULL,
  server uuid NOT NULL,
  healthy boolean NOT NULL,
  error text,
  scanned_at timestamptz,
  checked_at timestamptz,
  facts text NOT NULL,
  PRIMARY KEY (account, server)
);

-- What a server offers, and offered. A definition is kept as it was written; its name may be longer
-- than an index takes, so it is found by its SHA-256.
CREATE TABLE definitions (
  account text COLLATE "C" NOT NULL,
  server uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('TOOL', 'PROMPT', 'RESOURCE', 'TEMPLATE')),
  key bytea NOT NULL,
  name text NOT NULL,
  json text NOT NULL,
  approved text,
  state text COLLATE "C" NOT NULL
    CHECK (state IN ('APPROVED', 'CHANGED', 'SHADOWING', 'REMOVED')),
  hash text COLLATE "C" NOT NULL,
  place integer NOT NULL,
  discovered_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, server, kind, key)
);
