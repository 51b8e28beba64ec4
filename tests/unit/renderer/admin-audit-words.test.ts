import { describe, expect, it } from 'vitest';
import { aboutText, visible } from '../../../src/renderer/admin/audit/entry-words.ts';
import { otherFailures } from '../../../src/renderer/admin/records/other-failures.ts';
import { tableCsv } from '../../../src/renderer/admin/report/table-model.ts';
import { translator } from '../../../src/renderer/admin/translation.ts';
import { AUDIT_FAULTS } from '../../../src/shared/domain/audit-faults.ts';
import type { AuditLine } from '../../../src/shared/ipc/admin-audit.ts';
import { failure } from '../../../src/shared/reasons.ts';

const t = translator('zh-CN');
const line = (kind: string, detail: AuditLine['detail']): AuditLine => ({ seq: 1, kind, atMs: 0, detail, raw: '' });

describe('an entry of the audit log', () => {
  it('says what it is about in words where there are some', () => {
    const staff = [{ staffId: '019aa0c0-0000-4000-8000-00000000a001', name: '李复核' }];
    expect([
      aboutText(line('setting.changed', { name: 'card-reading' }), staff, t),
      aboutText(line('setting.changed', { name: 'unheard-of' }), staff, t),
      aboutText(line('records.exported', { outcome: 'written' }), staff, t),
      aboutText(line('staff.signed-in', { staffId: staff[0]!.staffId }), staff, t),
      aboutText(line('sync.confirmed', { records: 12 }), staff, t),
    ]).toEqual(['读卡内容', 'unheard-of', '已写出', '李复核', '']);
  });

  it('shows signs that nobody sees, and markup as text', () => {
    expect(visible('a\u202Eb\u0000\u200B\u2028c')).toBe('a\\u202eb\\u0000\\u200b\\u2028c');
    expect(visible('<b>王</b> 🦊 é')).toBe('<b>王</b> 🦊 é');
  });

  it('has words for everything that can be wrong with the chain', () => {
    const said = AUDIT_FAULTS.map((fault) => t(`audit.fault.${fault}`));
    expect(new Set(said).size).toBe(AUDIT_FAULTS.length);
    expect(said.filter((text) => !/^\p{Script=Han}+$/u.test(text))).toEqual([]);
  });
});

describe('failures beside each other', () => {
  it('are said once', () => {
    const [store, verifier] = [failure('store.unavailable', 'disk'), failure('verifier.unreachable')];
    expect(otherFailures(store, [failure('store.unavailable'), verifier, null, verifier])).toEqual([verifier]);
    expect(otherFailures(null, [store, store])).toEqual([store]);
  });
});

describe('a table of the report as a file', () => {
  it('holds nothing that a spreadsheet would run', () => {
    const texts = ['=1+1', '+1+x', '-x', '@SUM(A1)', '\t=1', '<b>x</b>', '王'];
    const csv = tableCsv({
      caption: '',
      columns: [{ name: '场景', isNumber: false }],
      rows: texts.map((text) => [{ text, value: text }]),
      foot: null,
    });
    expect(csv.split('\r\n')).toEqual(['场景', "'=1+1", "'+1+x", "'-x", "'@SUM(A1)", `"'\t'=1"`, '<b>x</b>', '王', '']);
  });
});
