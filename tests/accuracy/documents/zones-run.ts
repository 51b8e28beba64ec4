// How machine-readable zones are read by camera: node tests/accuracy/documents/zones-run.ts [--count N] [--seed-from N];
// docs/documents/zones.md says what the degradations are.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { modelsFolder } from '../../../scripts/steps/paths.ts';
import { createTextEngine } from '../../../src/main/inference/documents/text/text-engine.ts';
import { loadTextModels } from '../../../src/main/inference/documents/text/text-models.ts';
import { evaluateZones } from './zones/evaluation.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '20' }, 'seed-from': { type: 'string', default: '1' } },
});
const models = await loadTextModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
if (!models.ok) throw new Error(`the models of text can't be used: ${models.error.detail ?? models.error.code}`);
const seeds = Array.from({ length: Number(values.count) }, (_, i) => Number(values['seed-from']) + 2 * i);
const tallies = await evaluateZones(createTextEngine(models.value), seeds);
await models.value.release();
console.log(
  '| pictures | all characters right | wrong, check digit says so | wrong, nothing says so | refused | mean ms |',
);
console.log('| --- | --- | --- | --- | --- | --- |');
for (const { degradation, read, exact, checkFailed, wrongButAgrees, refused, meanMs } of tallies) {
  const cells = [degradation, `${exact}/${read}`, checkFailed, wrongButAgrees, refused, meanMs.toFixed(0)];
  console.log(`| ${cells.join(' | ')} |`);
}
