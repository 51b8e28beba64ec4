import type { PagedMigration } from '../migration-steps.ts';

const before = `
CREATE VIEW record_facts_now AS
SELECT *,
       strftime('%Y-%m-%dT%H:%M:%fZ', started_at_ms / 1000.0, 'unixepoch') || ',' ||
         strftime('%Y-%m-%dT%H:%M:%fZ', decided_at_ms / 1000.0, 'unixepoch') AS times,
       -- Letters, digits, Chinese characters and what masks are made of, with neither a sign nor a blank before them.
       concat(scene_id, scheme, name_masked, number_masked, order_id) NOT GLOB '*[^A-Za-z0-9*_ .:/一-鿿-]*'
         AND concat(',', scene_id, ',', scheme, ',', name_masked, ',', number_masked, ',', order_id) NOT GLOB '*,[- ]*'
         -- What follows such a character no pattern sees.
         AND instr(concat(name_masked, number_masked, order_id, scene_id, scheme), char(0)) = 0 AS plain
FROM (SELECT records.seq, records.certify_id,
       json_extract(record, '$.startedAtMs') AS started_at_ms,
       json_extract(record, '$.decidedAtMs') AS decided_at_ms,
       json_extract(record, '$.sceneId') AS scene_id,
       json_extract(record, '$.scheme') AS scheme,
       coalesce(settled_state, json_extract(record, '$.verdict.state')) AS state,
       CASE WHEN json_extract(record, '$.erased') IS NOT NULL THEN 'record.erased' ELSE coalesce(
         settled_reason,
         -- Of what was settled before its reason was kept beside it.
         (SELECT json_extract(decisions.outcome, '$.reason') FROM decisions
          WHERE decisions.certify_id = records.certify_id AND settled_state IS NOT NULL AND effect <> 'undecided'
          ORDER BY revision DESC LIMIT 1),
         json_extract(record, '$.verdict.reason')) END AS reason,
       coalesce(settled_by, 'device') AS decided_by,
       json_extract(record, '$.verdict.state') AS device_state,
       json_extract(record, '$.verdict.reason') AS device_reason,
       json_extract(record, '$.verdict.basis') AS basis,
       json_extract(record, '$.subject.nameMasked') AS name_masked,
       json_extract(record, '$.subject.numberMasked') AS number_masked,
       json_extract(record, '$.order.orderId') AS order_id,
       provisional,
       EXISTS (SELECT 1 FROM confirmations WHERE confirmations.seq = records.seq) AS countersigned,
       EXISTS (SELECT 1 FROM decisions WHERE decisions.certify_id = records.certify_id
               AND json_array_length(decision, '$.body.decidedBy') > 0)
         OR EXISTS (SELECT 1 FROM reviews WHERE reviews.certify_id = records.certify_id) AS by_person,
       EXISTS (SELECT 1 FROM evidence_keys WHERE evidence_keys.certify_id = records.certify_id) AS has_evidence,
       coalesce(json_extract(record, '$.simulated'), 0) AS simulated,
       coalesce(json_extract(record, '$.test'), 0) AS test
      FROM records);

CREATE TABLE record_facts (
  seq           INTEGER NOT NULL PRIMARY KEY REFERENCES records (seq),
  certify_id    TEXT    NOT NULL UNIQUE,
  started_at_ms INTEGER NOT NULL,
  decided_at_ms INTEGER NOT NULL,
  scene_id      TEXT    NOT NULL,
  scheme        TEXT    NOT NULL,
  -- What stands: the verifier's or the staff's word where they had the last one.
  state         TEXT    NOT NULL,
  reason        TEXT    NOT NULL,
  decided_by    TEXT    NOT NULL,
  -- What this device decided.
  device_state  TEXT    NOT NULL,
  device_reason TEXT    NOT NULL,
  basis         TEXT    NOT NULL,
  name_masked   TEXT,
  number_masked TEXT,
  order_id      TEXT,
  provisional   INTEGER NOT NULL,
  countersigned INTEGER NOT NULL,
  by_person     INTEGER NOT NULL,
  has_evidence  INTEGER NOT NULL,
  simulated     INTEGER NOT NULL,
  test          INTEGER NOT NULL,
  -- Both times as an export has them: making them of numbers takes longer than everything else of it together.
  times         TEXT    NOT NULL,
  -- Nothing that people have written needs a quote or an apostrophe in an export.
  plain         INTEGER NOT NULL
) STRICT;
`;

const page = 'INSERT INTO record_facts SELECT * FROM record_facts_now WHERE seq > ? AND seq <= ?';

const after = `
-- A page ends at a time and a place in the chain, which every index carries as its last part. A state has
-- too few values to be worth an index: among a million records each of them comes soon.
CREATE INDEX record_facts_by_start ON record_facts (started_at_ms);
CREATE INDEX record_facts_by_reason ON record_facts (reason, started_at_ms);
CREATE INDEX record_facts_by_scene ON record_facts (scene_id, started_at_ms);
CREATE INDEX record_facts_by_scheme ON record_facts (scheme, started_at_ms);
CREATE INDEX record_facts_by_name ON record_facts (name_masked, started_at_ms) WHERE name_masked IS NOT NULL;
CREATE INDEX record_facts_by_number ON record_facts (substr(number_masked, -4), started_at_ms)
  WHERE number_masked IS NOT NULL;
CREATE INDEX record_facts_by_order ON record_facts (order_id, started_at_ms) WHERE order_id IS NOT NULL;
CREATE INDEX record_facts_provisional ON record_facts (started_at_ms) WHERE provisional = 1;
CREATE INDEX record_facts_by_person ON record_facts (started_at_ms) WHERE by_person = 1;
CREATE INDEX record_facts_evidence ON record_facts (started_at_ms) WHERE has_evidence = 1;
CREATE INDEX record_facts_simulated ON record_facts (started_at_ms) WHERE simulated = 1;
CREATE INDEX record_facts_test ON record_facts (started_at_ms) WHERE test = 1;

-- The number that is printed on a receipt is the beginning of its hash.
CREATE INDEX receipts_by_number ON receipts (substr(hash, 1, 10));
CREATE INDEX records_by_follows ON records (json_extract(record, '$.follows'))
  WHERE json_extract(record, '$.follows') IS NOT NULL;

-- What the audit log is looked through by.
CREATE INDEX audit_by_kind ON audit (json_extract(entry, '$.kind'), seq);
CREATE INDEX audit_by_person ON audit (json_extract(entry, '$.detail.by'), seq)
  WHERE json_extract(entry, '$.detail.by') IS NOT NULL;

CREATE TRIGGER record_facts_of_new AFTER INSERT ON records BEGIN
  INSERT INTO record_facts SELECT * FROM record_facts_now WHERE seq = NEW.seq;
END;
CREATE TRIGGER record_facts_of_changed AFTER UPDATE OF record, provisional, settled_state, settled_reason, settled_by ON records
BEGIN
  INSERT OR REPLACE INTO record_facts SELECT * FROM record_facts_now WHERE seq = NEW.seq;
END;
CREATE TRIGGER record_facts_of_countersigned AFTER INSERT ON confirmations BEGIN
  UPDATE record_facts SET countersigned = 1 WHERE seq = NEW.seq;
END;
CREATE TRIGGER record_facts_of_decision AFTER INSERT ON decisions BEGIN
  INSERT OR REPLACE INTO record_facts SELECT * FROM record_facts_now WHERE certify_id = NEW.certify_id;
END;
CREATE TRIGGER record_facts_of_changed_decision AFTER UPDATE ON decisions BEGIN
  INSERT OR REPLACE INTO record_facts SELECT * FROM record_facts_now WHERE certify_id = NEW.certify_id;
END;
CREATE TRIGGER record_facts_of_dropped_decision AFTER DELETE ON decisions BEGIN
  INSERT OR REPLACE INTO record_facts SELECT * FROM record_facts_now WHERE certify_id = OLD.certify_id;
END;
CREATE TRIGGER record_facts_of_review AFTER INSERT ON reviews BEGIN
  UPDATE record_facts SET by_person = 1 WHERE certify_id = NEW.certify_id;
END;
CREATE TRIGGER record_facts_of_evidence AFTER INSERT ON evidence_keys BEGIN
  UPDATE record_facts SET has_evidence = 1 WHERE certify_id = NEW.certify_id;
END;
CREATE TRIGGER record_facts_of_erased_evidence AFTER DELETE ON evidence_keys BEGIN
  UPDATE record_facts SET has_evidence = 0 WHERE certify_id = OLD.certify_id;
END;
`;

/**
 * What records are found by, listed and exported: one narrow row for each, so that none of it reads whole records.
 * `record_facts_now` says what the row has to be; triggers keep it so, and the check of the audit log compares the two.
 */
export const recordSearchSchema: PagedMigration = { before, page, after };
