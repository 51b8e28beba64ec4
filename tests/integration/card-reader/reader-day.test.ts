import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SHORT_DAY } from '../../../scripts/reader-day/day-plan.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';

const SCRIPT = join(import.meta.dirname, '../../../scripts/reader-day.ts');

test.skipIf(!hasSocat())(
  'a part of the day: every event, and every card as what it is',
  () => {
    const day = spawnSync(process.execPath, [SCRIPT, '--short'], { encoding: 'utf8', timeout: 60_000 });
    const rows = day.stdout.split('\n').filter((line) => / s {2}/.test(line));
    expect(rows.filter((row) => !row.endsWith('  ok'))).toEqual([]);
    expect(rows).toHaveLength(SHORT_DAY.length);
    expect(day.stdout).toContain('all as it has to be.');
    expect(day.status).toBe(0);
  },
  90_000,
);
