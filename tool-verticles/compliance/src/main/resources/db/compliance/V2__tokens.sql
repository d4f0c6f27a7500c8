-- How many tokens of the language model each account has used on a day (UTC), on all nodes together.

CREATE TABLE spent_tokens (
  account text COLLATE "C" NOT NULL CHECK (char_length(account) BETWEEN 1 AND 256),
  day date NOT NULL,
  tokens bigint NOT NULL CHECK (tokens >= 0),
  PRIMARY KEY (account, day)
);
CREATE INDEX spent_tokens_day ON spent_tokens (day);
