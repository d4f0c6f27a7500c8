-- Trackers on other servers.

-- What the vault makes of it: the name of a key, a dot, base64url. Nothing was ever kept there before.
ALTER TABLE trackers ALTER COLUMN secret TYPE text COLLATE "C" USING NULL;

-- Other trackers have longer titles than the local one.
ALTER TABLE issues DROP CONSTRAINT issues_title_check;
ALTER TABLE issues ADD CONSTRAINT issues_title_check CHECK (char_length(title) BETWEEN 1 AND 1024);

CREATE INDEX comments_external ON comments (account, issue, external_id);

-- A write to a tracker on another server claims its key before it begins. An answer that is not there after
-- a minute, or is_unsure, says that nobody here knows whether it was done.
ALTER TABLE repeats ADD COLUMN is_unsure boolean NOT NULL DEFAULT false;
