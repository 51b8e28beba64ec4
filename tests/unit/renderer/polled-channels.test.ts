import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLLED_CHANNELS } from '../../../src/shared/ipc/admin-rights.ts';
import { CLERK_POLLED } from '../../../src/shared/ipc/clerk-rights.ts';

/** Channels that components of a window ask again and again: `usePolling(answer.reload)` of `answer = useAnswer('…')`. */
function polledIn(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.tsx`).flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const asked = [...source.matchAll(/const (?:(\w+)|\{[^}]*\breload\b[^}]*\}) = useAnswer\(\s*'([^']+)'/g)];
    return [...source.matchAll(/usePolling\(([\w.]+), /g)].map(([, what]) => {
      const found = asked.find(([, name]) => (name === undefined ? what === 'reload' : what === `${name}.reload`));
      return found?.[2] ?? `${file}: ${what}`;
    });
  });
}

describe('what a window asks by itself', () => {
  it('keeps nobody signed in', () => {
    const admin = polledIn('src/renderer/admin');
    const clerk = polledIn('src/renderer/clerk');
    expect([admin.length, clerk.length]).toEqual([expect.toSatisfy((n: number) => n > 10), 3]);
    expect(admin.filter((channel) => !(POLLED_CHANNELS as ReadonlySet<string>).has(channel))).toEqual([]);
    expect(clerk.filter((channel) => !(CLERK_POLLED as ReadonlySet<string>).has(channel))).toEqual([]);
  });
});
