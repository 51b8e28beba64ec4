import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkChains, checkReceipt, holds, receiptHashOf } from '../../../src/cli/receipt-check.ts';
import { reportText } from '../../../src/cli/receipt-words.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import {
  codeFits,
  LONGEST_QR_TEXT,
  parseReceiptCode,
  parseReceiptQr,
  receiptCode,
  receiptQrText,
} from '../../../src/shared/domain/receipt-code.ts';
import { receiptFileSchema, type ReceiptFile } from '../../../src/shared/domain/receipt-file.ts';
import type { ReceiptBody } from '../../../src/shared/domain/receipt.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { signingKey } from '../../support/signed-answers.ts';

const device = signingKey('dev_sample:k1');
const server = signingKey('server-sample:k1');
const NONE = { device: [], server: [] };

function receiptFile(seq: number, previous: string, changes: Partial<ReceiptBody> = {}): ReceiptFile {
  const certifyId = sampleCertifyId(seq);
  const body: ReceiptBody = {
    v: 1,
    certifyId,
    deviceId: 'dev_sample',
    seq,
    prevReceiptHash: previous,
    sceneId: 'counter',
    scheme: 'CounterCard',
    challenge: null,
    recordHash: 'ab'.repeat(32),
    state: 'passed',
    basis: 'chip',
    reason: 'ok.matched',
    simulated: false,
    decidedAtMs: 1,
    eraseAfterMs: 2,
    ...changes,
  };
  const sessionId = sampleCertifyId(seq + 1_000);
  const decision = {
    v: 1,
    sessionId,
    certifyId,
    check: 'face-authority',
    revision: 1,
    state: 'passed',
    reason: 'ok.confirmed',
    basis: 'authority',
    retry: 'none',
    scores: [],
    vendor: null,
    decidedBy: ['verifier'],
    artifacts: {},
    decidedAtMs: 1,
    policyVersion: 1,
    eraseAfterMs: 1,
  };
  const deletion = { v: 1, kind: 'artifacts', of: sessionId, sessions: [sessionId], erased: [], vendors: [] };
  const deleted = { ...deletion, why: 'acknowledged', erasedAtMs: 1 };
  return receiptFileSchema.parse({
    kind: 'countersign-receipt',
    version: 1,
    receipt: { body, device: device.sign(canonicalJson(body)) },
    countersignature: { certifyId, acceptedAtMs: 1, server: server.sign(canonicalJson(body)) },
    decisions: [{ body: decision, server: server.sign(canonicalJson(decision)) }],
    deletions: [{ body: deleted, server: server.sign(canonicalJson(deleted)) }],
    keys: {
      device: { keyId: device.keyId, key: device.jwk },
      server: { keyId: server.keyId, key: server.jwk },
    },
    neighbours: { previous, next: null },
  });
}

const first = receiptFile(1, '0'.repeat(64));
const second = receiptFile(2, receiptHashOf(first));
const third = receiptFile(3, receiptHashOf(second));

describe('a receipt', () => {
  test('holds by its two signatures, its decision and the proof of deletion', () => {
    expect(checkReceipt(first, NONE)).toEqual({
      certifyId: sampleCertifyId(1),
      seq: 1,
      receiptHash: receiptHashOf(first),
      state: 'passed',
      reason: 'ok.matched',
      simulated: false,
      decided: { state: 'passed', reason: 'ok.confirmed', revision: 1 },
      erased: true,
      findings: [],
    });
  });

  const other = signingKey('other:k1');
  const tampered: [string, ReceiptFile, typeof NONE | { device: object[]; server: object[] }, string[]][] = [
    [
      'a changed body',
      {
        ...first,
        receipt: { ...first.receipt, body: { ...first.receipt.body, state: 'failed', reason: 'face.low-similarity' } },
      },
      NONE,
      ['device-signature', 'countersignature'],
    ],
    ['no countersignature', { ...first, countersignature: null }, NONE, ['not-countersigned']],
    [
      'a countersignature of another receipt',
      { ...first, countersignature: second.countersignature },
      NONE,
      ['countersignature'],
    ],
    ['a decision of another certification', { ...first, decisions: second.decisions }, NONE, ['decision-of-another']],
    ['decisions twice', { ...first, decisions: [...first.decisions, ...first.decisions] }, NONE, ['decision-order']],
    [
      'a changed decision',
      { ...first, decisions: first.decisions.map((each) => ({ ...each, body: { ...each.body, decidedAtMs: 9 } })) },
      NONE,
      ['decision-signature', 'deletion'],
    ],
    ['another neighbour', { ...first, neighbours: { previous: 'cd'.repeat(32), next: null } }, NONE, ['previous-hash']],
    ['a device key that is another', first, { device: [other.jwk], server: [] }, ['device-signature']],
    [
      'a server key that is another',
      first,
      { device: [], server: [other.jwk] },
      ['countersignature', 'decision-signature', 'deletion-signature'],
    ],
  ];
  test.each(tampered)('with %s is told apart', (_name, file, keys, findings) => {
    const checked = checkReceipt(file, keys as typeof NONE);
    expect(checked.findings).toEqual(findings.filter((finding) => finding !== 'deletion'));
    const onlyUnconfirmed = findings.length === 1 && findings[0] === 'not-countersigned';
    expect(holds([checked], [])).toBe(onlyUnconfirmed);
  });

  test('is told in both languages', () => {
    const report = { holds: true, receipts: [checkReceipt(first, NONE)], chains: [], codes: [] };
    expect(reportText(report, 'en')).toMatch(/both signatures are good[\s\S]*All that was given holds/);
    expect(reportText(report, 'zh-CN')).toMatch(/双方签名均有效[\s\S]*全部有效/);
  });
});

describe('several receipts', () => {
  test('follow on each other in any order of the files', () => {
    expect(checkChains([third, first, second])).toEqual([{ deviceId: 'dev_sample', gaps: [], broken: [] }]);
  });

  test('with gaps, breaks and doubles', () => {
    const forged = receiptFile(3, 'cd'.repeat(32));
    expect(checkChains([first, third])).toMatchObject([{ gaps: [{ after: 1, before: 3 }], broken: [] }]);
    expect(checkChains([second, forged])).toMatchObject([{ gaps: [], broken: [{ seq: 3, why: 'hash' }] }]);
    expect(checkChains([third, forged])).toMatchObject([{ broken: [{ seq: 3, why: 'twice' }] }]);
  });
});

describe('a short code', () => {
  const hash = createHash('sha256').update('sample').digest('hex');
  const id = '019caa00-0000-7abc-8def-0123456789ab';
  const code = receiptCode(id, hash);

  test('names a receipt and its content', () => {
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-Z*~$=]{4}$/);
    const parsed = parseReceiptCode(code);
    expect(parsed).toEqual({ idEnd: '0123456789ab', hashStart: hash.slice(0, 16) });
    expect(codeFits(parsed!, id, hash)).toBe(true);
    expect(codeFits(parsed!, id, '0'.repeat(64))).toBe(false);
  });

  test('is read as people write it', () => {
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const last = code.at(-1)!;
    expect(parseReceiptCode(typed.slice(0, -1) + last)).toEqual(parseReceiptCode(code));
  });

  test('shows every single wrong character and every two that changed places', () => {
    const plain = code.replaceAll('-', '');
    let tried = 0;
    for (let at = 0; at < plain.length; at += 1) {
      for (const wrong of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (wrong === plain[at]) continue;
        expect(parseReceiptCode(plain.slice(0, at) + wrong + plain.slice(at + 1))).toBeNull();
        tried += 1;
      }
      const [a, b] = [plain[at], plain[at + 1]];
      if (b === undefined || a === b) continue;
      expect(parseReceiptCode(plain.slice(0, at) + b + a + plain.slice(at + 2))).toBeNull();
    }
    expect(tried).toBeGreaterThan(700);
  });

  test('and the text of a QR code, short enough for a slip', () => {
    const text = receiptQrText(first.receipt, receiptHashOf(first), first.countersignature);
    expect(text.length).toBeLessThanOrEqual(LONGEST_QR_TEXT);
    expect(text).toMatch(/^[\w|~:.-]+$/);
    expect(parseReceiptQr(text)).toEqual({
      certifyId: sampleCertifyId(1),
      deviceId: 'dev_sample',
      receiptHash: receiptHashOf(first),
      device: first.receipt.device,
      server: first.countersignature?.server,
    });
    expect(parseReceiptQr(receiptQrText(first.receipt, receiptHashOf(first), null))?.server).toBeNull();
    for (const bad of ['', 'CSR2', `${text}|more`, text.slice(0, -1), text.replace('|', '')]) {
      expect(parseReceiptQr(bad)).toBeNull();
    }
  });
});
