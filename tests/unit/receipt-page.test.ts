import { describe, expect, it } from 'vitest';
import { qrPathOf } from '../../src/main/composition/qr-path.ts';
import { printTestPage, receiptPage, type ReceiptFacts } from '../../src/shared/receipt-page.ts';

const FACTS: ReceiptFacts = {
  siteName: '人民路支行',
  contact: null,
  sceneName: '柜台核验',
  time: '2026-11-22 14:03',
  nameMasked: '范*一',
  state: 'passed',
  reason: 'ok.matched',
  receiptNumber: '7K2M-Q4TX',
  code: { side: 29, path: 'M4 4h1v1h-1z' },
  test: false,
  simulated: false,
};

describe('a printed receipt', () => {
  it('holds what the screen said and neither a score nor a script', () => {
    const page = receiptPage(FACTS, 'en', 80);
    expect(page).toContain('7K2M-Q4TX');
    expect(page).toContain('范*一');
    expect(page).toContain('Passed');
    expect(page).not.toMatch(/script|https?:|score/i);
    expect(page).toContain('width: 74mm');
  });

  it('says what holds now, by whose word, and what the terminal itself had decided', () => {
    const settled = { by: 'staff', machine: 'failed' } as const;
    const page = receiptPage({ ...FACTS, reason: 'ok.approved-by-staff', settled }, 'en', 80);
    expect(page).toMatch(/Outcome<\/th><td>Passed.*Decided by<\/th><td>Staff.*The terminal alone<\/th><td>Not passed/);
    expect(receiptPage(FACTS, 'en', 80)).not.toContain('The terminal alone');
  });

  it('has its number as a code to be scanned, drawn in the page itself', () => {
    const page = receiptPage({ ...FACTS, code: qrPathOf('countersign:1:id:hash') }, 'en', 58);
    const [, side, path] = /<svg class="code" viewBox="0 0 (\d+) \1".*<path d="([^"]+)"/.exec(page)!;
    expect(Number(side)).toBe(33);
    // The finder pattern of each corner but one begins with seven dark modules behind four white ones.
    const dark = new Set(path!.match(/M\d+ \d+/g));
    const finder = (column: number, row: number): boolean =>
      [0, 1, 2, 3, 4, 5, 6].every((at) => dark.has(`M${column + at} ${row}`));
    expect([finder(4, 4), finder(22, 4), finder(4, 22), finder(22, 22)]).toEqual([true, true, true, false]);
  });

  it('prints markup in names as text', () => {
    const page = receiptPage({ ...FACTS, siteName: '<img src=x onerror="x">&' }, 'zh-CN', 58);
    expect(page).toContain('&lt;img src=x onerror=&quot;x&quot;&gt;&amp;');
    expect(page).not.toContain('<img');
  });

  it('says of a test and of simulated devices that it is one', () => {
    const plain = receiptPage(FACTS, 'en', 80);
    const marked = receiptPage({ ...FACTS, test: true, simulated: true }, 'en', 80);
    expect(plain).not.toMatch(/test of the terminal|simulated/);
    expect(marked).toMatch(/test of the terminal/);
    expect(marked).toMatch(/simulated devices/);
  });

  it('leaves out what there is nothing of', () => {
    expect(receiptPage({ ...FACTS, nameMasked: null }, 'en', 80)).not.toContain('<th>Name</th>');
  });

  it('has a test page that names the width', () => {
    expect(printTestPage('en', '2026-11-22 14:03', 58)).toContain('<td>58</td>');
  });
});
