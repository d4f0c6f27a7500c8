-- Issues that are gone, for those who keep an index of their own: told like a change, for 90 days.
CREATE TABLE removed_issues (
  account text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
  removed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, id)
);
CREATE INDEX removed_issues_changed ON removed_issues (account, changed, id);

CREATE FUNCTION note_removed_issues() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO removed_issues (account, id) SELECT account, id FROM gone
  ON CONFLICT (account, id) DO UPDATE SET changed = pg_current_xact_id(), removed_at = now();
  DELETE FROM removed_issues r USING (SELECT DISTINCT account FROM gone) g
  WHERE r.account = g.account AND r.removed_at < now() - interval '90 days';
  RETURN NULL;
END $$;

-- However they go: alone, with their project, or with their tracker.
CREATE TRIGGER issues_removed AFTER DELETE ON issues
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_removed_issues();
