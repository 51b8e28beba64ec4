// How often warnings are raised, through the product's own reader: node tests/accuracy/documents/warnings-run.ts
// [--count N] [--seed-from N] [--exact]; docs/documents/warnings.md says what the variants are. With --exact cards are
// judged as if they had been found and read without a mistake.
import { parseArgs } from 'node:util';
import { encodePng } from '../../../src/main/inference/image-codec.ts';
import { judgeDocument } from '../../../src/main/inference/documents/warnings/judge-document.ts';
import { runWarningTrials, warningRates, warningTable } from './attacks/evaluation.ts';
import { judgedPhoto } from './attacks/judged-photo.ts';
import { specimenPair } from './attacks/specimen-card.ts';
import { VARIANTS } from './attacks/variants.ts';
import { openReader } from './open-reader.ts';
import { SPECIMEN_TODAY } from './specimens/person.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10' },
    'seed-from': { type: 'string', default: '5' },
    exact: { type: 'boolean', default: false },
  },
});
const reader = values.exact ? null : await openReader(1);
let done = 0;
const trials = await runWarningTrials({
  variants: VARIANTS,
  seeds: Array.from({ length: Number(values.count) }, (_, i) => Number(values['seed-from']) + 2 * i),
  cards: specimenPair,
  judge: async (photo, card) => {
    if (!reader) return judgeDocument(judgedPhoto(photo, card, SPECIMEN_TODAY));
    const image = await encodePng(photo.frame);
    const read = await reader.readDocument({ image, page: card.page, today: SPECIMEN_TODAY });
    return read.ok ? read.value.warnings : { refused: read.error.code };
  },
  onTrial: () => {
    done++;
    if (done % 20 === 0) console.error(`${done} pictures`);
  },
});
await reader?.release();
console.log(warningTable(warningRates(trials)).join('\n'));
