// What each limit of confidence would do on the development half: node tests/accuracy/documents/field-limits.ts DIR, where
// DIR is the --out of a run of the accuracy measurement with an even --seed-from.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ID_CARD_FIELD_LIMITS } from '../../../src/main/inference/documents/id-card/field-limits.ts';
import type { IdCardField } from '../../../src/shared/domain/document-reading.ts';
import type { FieldOutcome, TrialOutcome } from './reading-trial.ts';

const LIMITS = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99];

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('node tests/accuracy/documents/field-limits.ts DIR');
  process.exit(2);
}
const outcomes = readFileSync(join(folder, 'kept.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line.endsWith('}'))
  .map((line) => JSON.parse(line.slice(line.indexOf('\t') + 1)) as TrialOutcome);
if (outcomes.some(({ seed }) => seed % 2 === 1))
  throw new Error('odd seeds are reported on: no limit is chosen with them');

/** A wrong content is a doubt at any limit; only what is clear or `unclear` depends on it. */
const dependsOnLimit = ({ doubt }: FieldOutcome): boolean => doubt === null || doubt === 'unclear';

console.log(`| field | now | of | ${LIMITS.map((limit) => `wrong, sure / right, unsure at ${limit}`).join(' | ')} |`);
console.log(`| --- | --- | --- | ${LIMITS.map(() => '---').join(' | ')} |`);
for (const field of Object.keys(ID_CARD_FIELD_LIMITS) as IdCardField[]) {
  const read = outcomes.flatMap(({ fields, refused }) => (fields[field] && refused === null ? [fields[field]] : []));
  const candidates = read.filter(dependsOnLimit);
  const cells = LIMITS.map((limit) => {
    const wrongSure = candidates.filter(({ errors, confidence }) => errors > 0 && confidence >= limit).length;
    const rightUnsure = candidates.filter(({ errors, confidence }) => errors === 0 && confidence < limit).length;
    return `${wrongSure} / ${rightUnsure}`;
  });
  console.log(`| ${field} | ${ID_CARD_FIELD_LIMITS[field]} | ${read.length} | ${cells.join(' | ')} |`);
}
