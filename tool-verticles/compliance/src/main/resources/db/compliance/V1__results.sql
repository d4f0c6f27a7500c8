-- What issues were found to be, so that what has not changed is not judged again. The account comes
-- first in each key; the one index that cannot have it there is what old rows are found by.

CREATE TABLE results (
  account text COLLATE "C" NOT NULL CHECK (char_length(account) BETWEEN 1 AND 256),
  issue_id text COLLATE "C" NOT NULL CHECK (char_length(issue_id) BETWEEN 1 AND 256),
  metric text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL CHECK (method IN ('rules', 'llm')),
  rubric text COLLATE "C" NOT NULL,
  content_hash text COLLATE "C" NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  result json NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (account, issue_id, metric, method, rubric)
);
CREATE INDEX results_updated ON results (updated_at);
