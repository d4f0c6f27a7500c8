CREATE TABLE notes (
  account text NOT NULL,
  text text NOT NULL
);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON notes USING (account = current_setting('umbel.account', true));
