// A counter's day in a minute: cards of all four kinds, faults of cards, lines and readers, cables that are pulled, at
// a real pseudo-terminal and at wire speed, watched by `card read --watch` in a process of its own. Ends with 0 only if
// every event came, none came that shouldn't, and every card was read as exactly what it is.
//
//   node scripts/reader-day.ts [--short] [--markdown]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHORT_DAY, WHOLE_DAY } from './reader-day/day-plan.ts';
import { setDayStage } from './reader-day/day-stage.ts';
import { playDay, type DayRow } from './reader-day/play-day.ts';
import { watchPort } from './reader-day/watched-reader.ts';

const steps = process.argv.includes('--short') ? SHORT_DAY : WHOLE_DAY;
const markdown = process.argv.includes('--markdown');
const folder = mkdtempSync(join(tmpdir(), 'countersign-day-'));
try {
  process.exitCode = await day(join(folder, 'reader'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function day(link: string): Promise<number> {
  const stage = await setDayStage(link);
  if (!stage.ok) {
    console.error(`The day can not be played here: ${stage.error.detail ?? stage.error.code}.`);
    return 2;
  }
  const reader = watchPort(link);
  if (markdown)
    console.log('| second | what was done | what the reader said | after | |\n| ---: | --- | --- | ---: | --- |');
  const beganMs = performance.now();
  const rows = await playDay(steps, stage.value, reader, (row) => console.log(lineOf(row)));
  const seconds = (performance.now() - beganMs) / 1000;
  const exit = await reader.stop();
  await stage.value.close();
  const wrong = rows.filter((row) => row.wrong.length > 0).length + (exit === 0 ? 0 : 1);
  const cards = rows.flatMap(({ said }) => said).filter((word) => word.startsWith('card ')).length;
  console.log(
    `\n${rows.length} steps in ${seconds.toFixed(0)} s, ${cards} cards read, ` +
      (wrong === 0 ? 'all as it has to be.' : `${wrong} not as it has to be.`),
  );
  return wrong === 0 ? 0 : 1;
}

function lineOf({ atMs, done, said, tookMs, wrong }: DayRow): string {
  const at = (atMs / 1000).toFixed(1);
  const took = tookMs === null ? '' : `${Math.round(tookMs)} ms`;
  const verdict = wrong.length === 0 ? 'ok' : `✗ ${wrong.join('; ')}`;
  if (markdown) return `| ${at} | ${done} | ${said.join(', ')} | ${took} | ${verdict} |`;
  return `${at.padStart(5)} s  ${done.padEnd(48)} ${said.join(', ').padEnd(58)} ${took.padStart(8)}  ${verdict}`;
}
