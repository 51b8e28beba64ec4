// Reads photographed zones and prints how many were read right: node tests/accuracy/documents/zones/main.ts
// [--count N] [--half development|test] [--degradations clean,moderate,hard]
import { parseArgs } from 'node:util';
import { openTextEngine } from '../../../support/inference/text-engine.ts';
import { evaluateZones } from './evaluation.ts';
import { ZONE_DEGRADATIONS } from './photograph.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '12' },
    half: { type: 'string', default: 'test' },
    degradations: { type: 'string', default: ZONE_DEGRADATIONS.join(',') },
  },
});
const opened = await openTextEngine();
const first = values.half === 'development' ? 2 : 1;
const seeds = Array.from({ length: Number(values.count) }, (_, at) => first + 2 * at);
const asked = new Set(values.degradations.split(','));
const degradations = ZONE_DEGRADATIONS.filter((degradation) => asked.has(degradation));
// Of the processor, with one thread: what others do on the machine at the same time doesn't count.
const nowMs = (): number => process.cpuUsage().user / 1000;
console.log('| degradation | zones | exact | check digit fails | wrong, nothing tells | refused | ms a page (CPU) |');
console.log('|---|---|---|---|---|---|---|');
for (const degradation of degradations) {
  for (const tally of await evaluateZones(opened.engine, seeds, { degradations: [degradation], nowMs })) {
    const { read, exact, checkFailed, wrongButAgrees, refused, meanMs } = tally;
    console.log(
      `| ${degradation} | ${read} | ${exact} | ${checkFailed} | ${wrongButAgrees} | ${refused} | ${meanMs.toFixed(0)} |`,
    );
  }
}
await opened.release();
