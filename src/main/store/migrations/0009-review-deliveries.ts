/** Decisions of the staff on their way to the verifier. */
export const reviewDeliveriesSchema = `
CREATE TABLE review_deliveries (
  number       INTEGER NOT NULL PRIMARY KEY,
  certify_id   TEXT    NOT NULL,
  revision     INTEGER NOT NULL,
  -- As it is sent, signed; null of decisions from before, until they are signed.
  statement    TEXT,
  state        TEXT    NOT NULL CHECK (state IN ('queued', 'stopped', 'delivered')),
  attempts     INTEGER NOT NULL DEFAULT 0,
  last_failure TEXT,
  -- What the verifier signed of it.
  receipt      TEXT CHECK (state <> 'delivered' OR receipt IS NOT NULL),
  UNIQUE (certify_id, revision),
  FOREIGN KEY (certify_id, revision) REFERENCES reviews (certify_id, revision)
) STRICT;
CREATE INDEX review_deliveries_open ON review_deliveries (number) WHERE state <> 'delivered';

-- What was decided before, about records that were sent or may be.
INSERT INTO review_deliveries (certify_id, revision, state)
SELECT reviews.certify_id, reviews.revision, 'queued' FROM reviews JOIN records USING (certify_id)
WHERE EXISTS (SELECT 1 FROM outbox WHERE outbox.seq = records.seq)
   OR EXISTS (SELECT 1 FROM confirmations WHERE confirmations.seq = records.seq)
ORDER BY reviews.decided_at_ms, reviews.certify_id, reviews.revision;

CREATE TRIGGER review_deliveries_stay BEFORE DELETE ON review_deliveries BEGIN
  SELECT raise(ABORT, 'what is on its way to the verifier is never deleted');
END;
`;
