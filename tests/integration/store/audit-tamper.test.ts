import { createHmac, createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryMac, headMac } from '../../../src/main/store/audit-log.ts';
import { verifyAudit, type AuditReport } from '../../../src/main/store/audit-verification.ts';
import type { StoreDatabase } from '../../../src/main/store/database.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const ENTRIES = 205;
let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path);
  // Entries 1–5 are about records, the others about something else.
  for (let number = 1; number <= 5; number += 1) expectOk(store.records.commit(sampleRecord(number)));
  store.database.transaction(() => {
    for (let entry = 6; entry <= ENTRIES; entry += 1) store.audit.appendWithin('test.happened', { entry });
  })();
  // Whoever tampers doesn't keep the foreign keys either.
  store.database.pragma('foreign_keys=OFF');
});

afterEach(() => {
  store.database.close();
  folder.remove();
});

function check(): AuditReport {
  return expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
}

interface Row {
  seq: number;
  prev: string;
  entry: string;
  mac: string;
}

/** Rebuilds the chain from an entry on, with a key of the attacker's. */
function restamp(database: StoreDatabase, from: number, change: (row: Row) => string): void {
  const key = createSecretKey(Buffer.alloc(32, 1));
  const rows = database.prepare<[number], Row>('SELECT * FROM audit WHERE seq >= ? ORDER BY seq').all(from - 1);
  let prev = rows[0]?.mac ?? '';
  const update = database.prepare('UPDATE audit SET prev = ?, entry = ?, mac = ? WHERE seq = ?');
  for (const row of rows.slice(1)) {
    const entry = row.seq === from ? change(row) : row.entry;
    const mac = entryMac(key, row.seq, prev, entry);
    update.run(prev, entry, mac, row.seq);
    prev = mac;
  }
  const head = { entries: ENTRIES, head: prev, mac: headMac(key, ENTRIES, prev) };
  database.prepare(`UPDATE meta SET value = ? WHERE name = 'audit-head'`).run(JSON.stringify(head));
}

const edited = (row: Row): string => row.entry.replace('"atMs":', '"atMs":1');

const ATTACKS: { name: string; attack: (database: StoreDatabase) => void; entry: number | null; reason: string }[] = [
  {
    name: 'edit an entry',
    attack: (database) =>
      database.prepare('UPDATE audit SET entry = replace(entry, ?, ?) WHERE seq = 50').run('50', '51'),
    entry: 50,
    reason: 'mac-wrong',
  },
  {
    name: 'delete an entry in the middle',
    attack: (database) => database.exec('DELETE FROM audit WHERE seq = 60'),
    entry: 60,
    reason: 'entry-missing',
  },
  {
    name: 'delete an entry and close the gap',
    attack: (database) =>
      database.exec('DELETE FROM audit WHERE seq = 60; UPDATE audit SET seq = seq - 1 WHERE seq > 60'),
    entry: 60,
    reason: 'chain-broken',
  },
  {
    name: 'delete the first entry',
    attack: (database) => database.exec('DELETE FROM audit WHERE seq = 1'),
    entry: 1,
    reason: 'entry-missing',
  },
  {
    name: 'swap two entries',
    attack: (database) =>
      database.exec(
        `UPDATE audit SET seq = 100000 WHERE seq = 70; UPDATE audit SET seq = 70 WHERE seq = 71;
         UPDATE audit SET seq = 71 WHERE seq = 100000`,
      ),
    entry: 70,
    reason: 'chain-broken',
  },
  {
    name: 'insert an entry',
    attack: (database) =>
      database.exec(`INSERT INTO audit SELECT ${ENTRIES + 1}, mac, entry, mac FROM audit WHERE seq = ${ENTRIES}`),
    entry: ENTRIES + 1,
    reason: 'mac-wrong',
  },
  {
    name: 'truncate',
    attack: (database) => database.exec('DELETE FROM audit WHERE seq > 203'),
    entry: 204,
    reason: 'truncated',
  },
  {
    name: 'truncate and drop the head',
    attack: (database) =>
      database.exec(`DELETE FROM audit WHERE seq > 203; DELETE FROM meta WHERE name = 'audit-head'`),
    entry: 204,
    reason: 'head-missing',
  },
  {
    name: 'truncate, put an earlier head, forged, in its place',
    attack: (database) => {
      database.exec('DELETE FROM audit WHERE seq > 203');
      const mac = database.prepare<[], string>('SELECT mac FROM audit WHERE seq = 203').pluck().get() ?? '';
      const forged = createHmac('sha256', 'guess').update(mac).digest('hex');
      const head = JSON.stringify({ entries: 203, head: mac, mac: forged });
      database.prepare(`UPDATE meta SET value = ? WHERE name = 'audit-head'`).run(head);
    },
    entry: null,
    reason: 'head-wrong',
  },
  {
    name: 'delete everything',
    attack: (database) => database.exec('DELETE FROM audit'),
    entry: 1,
    reason: 'truncated',
  },
  {
    name: 'restamp the chain with another key',
    attack: (database) => restamp(database, 150, edited),
    entry: 150,
    reason: 'mac-wrong',
  },
  {
    name: 'drop a checkpoint',
    attack: (database) => database.exec('DELETE FROM audit_checkpoints WHERE entries = 100'),
    entry: 100,
    reason: 'checkpoint-missing',
  },
  {
    name: 'change a checkpoint',
    attack: (database) =>
      database.exec(
        `UPDATE audit_checkpoints SET checkpoint = replace(checkpoint, '"atMs":', '"atMs":1') WHERE entries = 200`,
      ),
    entry: 200,
    reason: 'checkpoint-wrong',
  },
  {
    name: 'turn a failed record into a passed one',
    attack: (database) =>
      database
        .prepare('UPDATE records SET record = replace(record, ?, ?) WHERE certify_id = ?')
        .run('"state":"passed"', '"state":"failed"', sampleCertifyId(3)),
    entry: 3,
    reason: 'record-changed',
  },
  {
    name: 'delete a record with its receipt',
    attack: (database) => database.exec(`DELETE FROM receipts WHERE seq = 4; DELETE FROM records WHERE seq = 4`),
    entry: 4,
    reason: 'record-missing',
  },
  {
    name: 'delete a receipt',
    attack: (database) => database.exec('DELETE FROM receipts WHERE seq = 2'),
    entry: 2,
    reason: 'receipt-missing',
  },
  {
    name: 'change a receipt',
    attack: (database) =>
      database.exec(`UPDATE receipts SET receipt = replace(receipt, 'passed', 'failed') WHERE seq = 5`),
    entry: 5,
    reason: 'receipt-changed',
  },
  {
    name: 'add a record without an entry',
    attack: (database) => {
      const record = JSON.stringify(sampleRecord(77));
      database
        .prepare('INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (77, ?, ?, 0, ?)')
        .run(sampleCertifyId(77), '2026-03-02', record);
    },
    entry: null,
    reason: 'record-unaudited',
  },
  {
    name: 'change the count of a day',
    attack: (database) => database.exec('UPDATE report_hours SET count = count + 1'),
    entry: null,
    reason: 'counts-wrong',
  },
  {
    name: 'change the count of an hour',
    attack: (database) => database.exec(`UPDATE report_hours SET reason = 'ok.confirmed'`),
    entry: null,
    reason: 'counts-wrong',
  },
];

describe('the audit chain', () => {
  it('holds when nothing was changed', () => {
    expect(check()).toEqual({ entries: ENTRIES, ok: true, firstBadEntry: null, reason: null });
  });

  it.each(ATTACKS)('shows who would $name', ({ attack, entry, reason }) => {
    attack(store.database);
    expect(check()).toMatchObject({ ok: false, firstBadEntry: entry, reason });
  });

  it('does not hold under another audit key', () => {
    const report = expectOk(verifyAudit(store.database, Buffer.alloc(32, 9), store.identity.publicKey));
    expect(report).toMatchObject({ ok: false, firstBadEntry: 1, reason: 'mac-wrong' });
  });
});
