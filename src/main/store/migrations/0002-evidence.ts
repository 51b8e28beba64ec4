/** One row for every certification whose evidence is kept; without it the files beside the database are noise. */
export const evidenceSchema = `
CREATE TABLE evidence_keys (
  certify_id    TEXT    NOT NULL PRIMARY KEY,
  wrapped_key   BLOB    NOT NULL,
  destroy_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_keys_by_end ON evidence_keys (destroy_at_ms);
`;
