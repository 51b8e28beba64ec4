// Reads bank card specimens and prints what was read right: node tests/accuracy/documents/bank-cards/main.ts
// [--cards N] [--half development|test] [--degradations none,moderate,...]
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTextModels } from '../../../../src/main/inference/documents/text/text-models.ts';
import { createTextEngine } from '../../../../src/main/inference/documents/text/text-engine.ts';
import { bankPrefixTableSchema, createBankIssuers } from '../../../../src/shared/domain/bank-issuers.ts';
import { BANK_CARD_DEGRADATIONS } from './degradation.ts';
import { bankCardTable, evaluateBankCards, type BankCardRow } from './evaluation.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const { values } = parseArgs({
  options: {
    cards: { type: 'string', default: '40' },
    half: { type: 'string', default: 'test' },
    degradations: { type: 'string', default: BANK_CARD_DEGRADATIONS.join(',') },
  },
});
const models = await loadTextModels(join(ROOT, 'models'), 1, (path) => readFile(path).catch(() => null));
if (!models.ok) throw new Error(`the text models can't be used: ${JSON.stringify(models.error)}`);
const table: unknown = JSON.parse(await readFile(join(ROOT, 'resources/bank/bins.json'), 'utf8'));
const tools = {
  engine: createTextEngine(models.value),
  issuers: createBankIssuers(bankPrefixTableSchema.parse(table)),
  // Of the processor, with one thread: what others do on the machine at the same time doesn't count.
  nowMs: () => process.cpuUsage().user / 1000,
};
const first = values.half === 'development' ? 2 : 1;
const seeds = Array.from({ length: Number(values.cards) }, (_, at) => first + 2 * at);
const rows: BankCardRow[] = [];
for (const degradation of BANK_CARD_DEGRADATIONS.filter((kind) => values.degradations.split(',').includes(kind))) {
  for (const embossed of [false, true]) rows.push(await evaluateBankCards(seeds, { degradation, embossed }, tools));
}
console.log(bankCardTable(rows));
await models.value.release();
