/** What staff decided about records. */
export const reviewsSchema = `
-- Whose word settled_state is; null where the record's own verdict stands.
ALTER TABLE records ADD COLUMN settled_by TEXT CHECK (settled_by IN ('verifier', 'staff'));
UPDATE records SET settled_by = 'verifier' WHERE settled_state IS NOT NULL;

-- Append-only: revision 1 is the first decision, corrections follow, the last one counts.
CREATE TABLE reviews (
  certify_id      TEXT    NOT NULL REFERENCES records (certify_id),
  revision        INTEGER NOT NULL,
  decision        TEXT    NOT NULL CHECK (decision IN ('approved', 'refused', 'returned')),
  state           TEXT    NOT NULL,
  outcome_reason  TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  -- Null once the record was erased, like the salt.
  note            TEXT,
  -- Hex; what the audit log has of the note says nothing without it.
  note_salt       TEXT,
  override        INTEGER NOT NULL,
  staff_id        TEXT    NOT NULL,
  second_staff_id TEXT,
  -- SHA-256 of the canonical body of the receipt that was decided about, hex.
  receipt_hash    TEXT    NOT NULL,
  decided_at_ms   INTEGER NOT NULL,
  PRIMARY KEY (certify_id, revision),
  CHECK (second_staff_id IS NULL OR second_staff_id <> staff_id),
  CHECK (override = 0 OR second_staff_id IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews BEGIN
  SELECT raise(ABORT, 'reviews are never deleted');
END;
CREATE TRIGGER reviews_keep_their_word BEFORE UPDATE ON reviews
  WHEN new.note IS NOT NULL OR new.note_salt IS NOT NULL OR old.certify_id <> new.certify_id
    OR old.revision <> new.revision OR old.decision <> new.decision OR old.state <> new.state
    OR old.outcome_reason <> new.outcome_reason OR old.reason <> new.reason OR old.override <> new.override
    OR old.staff_id <> new.staff_id OR old.second_staff_id IS NOT new.second_staff_id
    OR old.receipt_hash <> new.receipt_hash OR old.decided_at_ms <> new.decided_at_ms
BEGIN
  SELECT raise(ABORT, 'of a review only the note can go');
END;

-- Answers that speak against what this device had decided, or that leave it to a person.
CREATE INDEX decisions_to_review ON decisions (certify_id) WHERE effect IN ('contradicts', 'review');
`;
