import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REASON_CODES } from '../../../src/shared/reasons.ts';

const FOLDER = join(import.meta.dirname, '../../../docs/readers');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');

describe('the pages about readers', () => {
  test('say of every code of a reader or a decoder what it means and what to do', () => {
    const rows = [...readme.matchAll(/^\| `([a-z.-]+)` \| (.+?) \| (.+?) \|$/gm)];
    const told = rows.map(([, code]) => code);
    const codes = REASON_CODES.filter((code) => /^(reader|decoder)\./.test(code));
    expect([...told].sort()).toEqual([...codes].sort());
    for (const [, code, meaning, todo] of rows) {
      expect(meaning!.length, code).toBeGreaterThan(15);
      expect(todo!.length, code).toBeGreaterThan(15);
    }
  });

  test('are all named in the index', () => {
    for (const page of pages) if (page !== 'README.md') expect(readme).toContain(`(${page})`);
  });

  test.each(pages)('%s leads nowhere that is not there', (page) => {
    const text = readFileSync(join(FOLDER, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
    const targets = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target]) => target!);
    const broken = targets.filter((target) => {
      return !/^https?:/.test(target) && !existsSync(join(dirname(join(FOLDER, page)), target));
    });
    expect(broken).toEqual([]);
  });
});
