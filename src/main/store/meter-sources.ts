/** Parameters of one page: what follows the key of the last row of the page before. */
export interface MeterPage {
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
  readonly afterKey: string | number;
  readonly afterNumber: number;
}

/**
 * Where calls are written down. Each query walks along an index by `key` and `keyNumber`, so that a page costs what its
 * rows cost, however many came before. Its window may be wider than the one that is asked for, never narrower.
 */
export interface MeterSource {
  readonly table: string;
  readonly isLocal: boolean;
  readonly start: Pick<MeterPage, 'afterKey' | 'afterNumber'>;
  readonly sql: string;
}

const VENDOR = (outcome: string): string => `
  json_extract(${outcome}, '$.reason') AS reason,
  json_extract(${outcome}, '$.vendor.code') AS code,
  json_extract(${outcome}, '$.vendor.requestId') AS requestId,
  json_extract(${outcome}, '$.vendor.billed') AS billed`;

const OF_RECORD = `coalesce(records.scene_id, '') AS sceneId, coalesce(json_extract(records.record, '$.scheme'), '') AS scheme`;

/** Calls that this device made itself. The last one of an order is the one that its decision came from. */
const ATTEMPTS: MeterSource = {
  table: 'vendor_attempts',
  isLocal: false,
  start: { afterKey: '', afterNumber: 0 },
  sql: `
    SELECT calls.order_id AS key, calls.number AS keyNumber, calls.order_id AS orderId, calls.certify_id AS certifyId,
      ${OF_RECORD}, calls.verifier, calls.operation, calls.number, calls.started_at_ms AS startedAtMs, calls.settled,
      ${VENDOR('decisions.outcome')},
      coalesce(json_extract(decisions.outcome, '$.vendor.operation') = calls.operation
        AND calls.number = (SELECT max(number) FROM vendor_attempts AS same WHERE same.order_id = calls.order_id), 0)
        AS answered
    FROM vendor_attempts AS calls
      LEFT JOIN records ON records.certify_id = calls.certify_id
      LEFT JOIN checks ON checks.order_id = calls.order_id
      LEFT JOIN decisions ON decisions.certify_id = checks.certify_id AND decisions.revision = 1
    WHERE (calls.order_id, calls.number) > (@afterKey, @afterNumber)
      AND calls.started_at_ms >= @fromMs AND calls.started_at_ms < @toMs
    ORDER BY calls.order_id, calls.number LIMIT @limit`,
};

/** Calls that our verifier made: its decisions carry what the vendor said. A review repeats it and is no call. */
const DECISIONS: MeterSource = {
  table: 'decisions',
  isLocal: false,
  start: { afterKey: '', afterNumber: 0 },
  sql: `
    SELECT decisions.certify_id AS key, decisions.revision AS keyNumber, checks.order_id AS orderId,
      decisions.certify_id AS certifyId, ${OF_RECORD},
      coalesce(json_extract(decisions.outcome, '$.vendor.name'), 'countersign') AS verifier,
      coalesce(json_extract(decisions.outcome, '$.vendor.operation'), checks.kind) AS operation,
      decisions.revision AS number,
      coalesce(json_extract(decisions.decision, '$.body.decidedAtMs'), decisions.kept_at_ms) AS startedAtMs,
      NULL AS settled, json_extract(decisions.outcome, '$.reason') AS reason,
      json_extract(decisions.outcome, '$.vendor.code') AS code,
      json_extract(decisions.outcome, '$.vendor.requestId') AS requestId,
      CASE WHEN json_extract(decisions.outcome, '$.vendor') IS NULL THEN 0
        ELSE json_extract(decisions.outcome, '$.vendor.billed') END AS billed,
      1 AS answered
    FROM decisions
      JOIN checks USING (certify_id)
      LEFT JOIN records USING (certify_id)
    WHERE (decisions.certify_id, decisions.revision) > (@afterKey, @afterNumber)
      AND decisions.kept_at_ms >= @fromMs - 86400000
      AND NOT EXISTS (SELECT 1 FROM vendor_attempts WHERE vendor_attempts.order_id = checks.order_id)
      AND (decisions.revision = 1 OR (
        json_extract(decisions.outcome, '$.vendor.requestId') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM decisions AS earlier
          WHERE earlier.certify_id = decisions.certify_id AND earlier.revision < decisions.revision
            AND json_extract(earlier.outcome, '$.vendor.requestId')
              = json_extract(decisions.outcome, '$.vendor.requestId'))))
    ORDER BY decisions.certify_id, decisions.revision LIMIT @limit`,
};

/** Questions that our verifier has lost the answer of: nobody knows what they cost. */
const LOST: MeterSource = {
  table: 'checks',
  isLocal: false,
  start: { afterKey: '', afterNumber: 0 },
  sql: `
    SELECT checks.certify_id AS key, 1 AS keyNumber, checks.order_id AS orderId, checks.certify_id AS certifyId,
      ${OF_RECORD},
      coalesce(json_extract(checks.outcome, '$.vendor.name'), 'countersign') AS verifier,
      coalesce(json_extract(checks.outcome, '$.vendor.operation'), checks.kind) AS operation,
      1 AS number, checks.queued_at_ms AS startedAtMs, NULL AS settled, NULL AS reason, NULL AS code,
      NULL AS requestId, NULL AS billed, 1 AS answered
    FROM checks LEFT JOIN records USING (certify_id)
    WHERE checks.certify_id > @afterKey AND checks.state = 'unknown'
      AND checks.queued_at_ms >= @fromMs AND checks.queued_at_ms < @toMs
      AND NOT EXISTS (SELECT 1 FROM decisions WHERE decisions.certify_id = checks.certify_id)
      AND NOT EXISTS (SELECT 1 FROM vendor_attempts WHERE vendor_attempts.order_id = checks.order_id)
    ORDER BY checks.certify_id LIMIT @limit`,
};

/**
 * Checks on a person's own phone: the maker bills its page, by our number of it. What became of a vendor's page that
 * ended without its answer nobody knows.
 */
const HAND_OFFS: MeterSource = {
  table: 'records',
  isLocal: false,
  start: { afterKey: 0, afterNumber: 0 },
  sql: `
    SELECT seq AS key, 1 AS keyNumber, lower(replace(json_extract(record, '$.handOff.handOffId'), '-', '')) AS orderId,
      certify_id AS certifyId, ${OF_RECORD},
      coalesce(json_extract(record, '$.handOff.outcome.vendor.name'), json_extract(record, '$.handOff.page')) AS verifier,
      coalesce(json_extract(record, '$.handOff.outcome.vendor.operation'), 'hand-off') AS operation,
      1 AS number, json_extract(record, '$.startedAtMs') AS startedAtMs, NULL AS settled,
      ${VENDOR(`json_extract(record, '$.handOff.outcome')`)}, 1 AS answered
    FROM records
    WHERE seq > @afterKey
      AND (json_extract(record, '$.handOff.outcome.vendor') IS NOT NULL
        OR json_extract(record, '$.handOff.page') IN ('tencent', 'aliyun'))
      AND json_extract(record, '$.startedAtMs') >= @fromMs AND json_extract(record, '$.startedAtMs') < @toMs
    ORDER BY seq LIMIT @limit`,
};

/** What this device decided without asking anybody. */
const LOCAL: MeterSource = {
  table: 'records',
  isLocal: true,
  start: { afterKey: 0, afterNumber: 0 },
  sql: `
    SELECT seq AS key, 1 AS keyNumber, '' AS orderId, certify_id AS certifyId, ${OF_RECORD},
      'local' AS verifier, 'decision' AS operation, 1 AS number,
      json_extract(record, '$.startedAtMs') AS startedAtMs, NULL AS settled,
      json_extract(record, '$.verdict.reason') AS reason, NULL AS code, NULL AS requestId, 0 AS billed, 1 AS answered
    FROM records
    WHERE seq > @afterKey
      AND json_extract(record, '$.startedAtMs') >= @fromMs AND json_extract(record, '$.startedAtMs') < @toMs
      AND json_extract(record, '$.handOff') IS NULL AND json_extract(record, '$.test') IS NULL
      AND NOT EXISTS (SELECT 1 FROM checks WHERE checks.certify_id = records.certify_id)
    ORDER BY seq LIMIT @limit`,
};

export const METER_SOURCES: readonly MeterSource[] = [ATTEMPTS, DECISIONS, LOST, HAND_OFFS, LOCAL];
