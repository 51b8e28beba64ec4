import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiseSources, LAYER_RULES } from '../../../scripts/steps/layers.ts';

/** One file for each rule that breaks it, and what it imports. */
const BROKEN: Record<string, { file: string; imports: string; target?: string }> = {
  'shared-is-pure': { file: 'src/shared/a.ts', imports: '../main/store/x.ts' },
  'shared-has-no-runtime': { file: 'src/shared/b.ts', imports: 'node:fs' },
  'features-keep-apart': { file: 'src/main/sync/a.ts', imports: '../store/x.ts' },
  'features-do-not-compose': { file: 'src/main/store/c.ts', imports: '../app/x.ts', target: 'src/main/app/x.ts' },
  'renderer-is-alone': { file: 'src/renderer/ui/a.ts', imports: '../../main/store/x.ts' },
  'windows-keep-apart': {
    file: 'src/renderer/admin/a.ts',
    imports: '../kiosk/x.ts',
    target: 'src/renderer/kiosk/x.ts',
  },
  'renderer-base-knows-no-window': { file: 'src/renderer/ui/b.ts', imports: '../kiosk/x.ts' },
  'preload-is-thin': { file: 'src/preload/a.ts', imports: '../main/store/x.ts' },
  'src-knows-no-tools': { file: 'src/cli/a.ts', imports: '../../tools/x.ts', target: 'tools/x.ts' },
  'verifier-shares-little': { file: 'src/verifier/desk.ts', imports: '../main/store/x.ts' },
  'fake-vendor-is-independent': { file: 'src/fake-vendor/model.ts', imports: '../main/store/x.ts' },
};

let base = '';

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'countersign-layers-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(base, file)), { recursive: true });
    writeFileSync(join(base, file), text);
  };
  write('package.json', '{"type":"module"}');
  write('src/main/store/x.ts', 'export const x = 1;\n');
  for (const { file, imports, target } of Object.values(BROKEN)) {
    if (target) write(target, 'export const x = 1;\n');
    write(file, `import * as imported from '${imports}';\nexport const y = imported;\n`);
  }
  write('src/main/store/round.ts', `import { b } from './about.ts';\nexport const a: unknown = () => b;\n`);
  write('src/main/store/about.ts', `import { a } from './round.ts';\nexport const b: unknown = () => a;\n`);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the layer check', () => {
  it('finds a violation of each rule, in the file that breaks it', async () => {
    const { violations, modules } = await cruiseSources(['src'], base);
    expect(modules).toBeGreaterThan(10);
    for (const [rule, { file }] of Object.entries(BROKEN)) {
      expect(violations).toContainEqual(expect.objectContaining({ rule, from: file }));
    }
    expect(violations.map(({ rule }) => rule)).toContain('no-cycles');
  });

  it('has a violation above for every rule that does not name a package', () => {
    const named = LAYER_RULES.map(({ name }) => name!).filter((name) => !name.endsWith('-only'));
    expect(named.filter((name) => !(name in BROKEN) && name !== 'no-cycles')).toEqual([]);
  });
});
