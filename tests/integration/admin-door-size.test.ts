import { build, mergeConfig, type InlineConfig, type Rolldown } from 'vite';
import { describe, expect, it, vi } from 'vitest';
import { root } from '../../scripts/steps/paths.ts';
import product from '../../electron.vite.config.ts';

/** What the form to sign in may cost before it can be drawn; React is 220,000 of it. */
const MOST_SCRIPT_BYTES = 285_000;
const MOST_STYLE_BYTES = 64_000;
const MOST_SCRIPTS = 5;
/** Libraries and pages that only somebody who has signed in needs. */
const AFTER_THE_DOOR =
  /node_modules\/(?:zod|i18next|intl-messageformat|@formatjs|echarts|qrcode)\/|\/shell\/workspace\./;

async function builtWindow(): Promise<readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]> {
  vi.stubEnv('NODE_ENV', 'production');
  const { renderer } = product as { renderer: InlineConfig };
  const result = await build(
    mergeConfig(renderer, {
      root: `${root}/src/renderer`,
      configFile: false,
      logLevel: 'error',
      build: { write: false },
    }),
  );
  return (result as Rolldown.RolldownOutput).output;
}

function beforeTheDoor(
  files: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[],
): readonly Rolldown.OutputChunk[] {
  const chunks = files.filter((file) => file.type === 'chunk');
  const reached = new Set(chunks.filter(({ isEntry, name }) => isEntry && name === 'admin'));
  for (const chunk of reached) {
    for (const one of chunks) if (chunk.imports.includes(one.fileName)) reached.add(one);
  }
  return [...reached];
}

describe('the admin window before anybody has signed in', () => {
  it('loads few files and nothing that only somebody who has signed in needs', async () => {
    const files = await builtWindow();
    const scripts = beforeTheDoor(files);
    const modules = scripts.flatMap(({ moduleIds }) => moduleIds.map((id) => id.replaceAll('\\', '/')));
    const bytes = scripts.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
    const styles = files.find((file) => file.type === 'asset' && /admin.*\.css$/.test(file.fileName));

    expect(modules.some((id) => id.endsWith('/staff/sign-in.tsx'))).toBe(true);
    expect(modules.filter((id) => AFTER_THE_DOOR.test(id))).toEqual([]);
    expect(scripts.length).toBeLessThanOrEqual(MOST_SCRIPTS);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
    expect(styles && styles.type === 'asset' ? Buffer.byteLength(styles.source) : 0).toBeLessThanOrEqual(
      MOST_STYLE_BYTES,
    );
    expect(styles).toBeDefined();
  });
});
