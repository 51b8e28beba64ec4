/**
 * What the product's own mesh model gets wrong on simulated frames, for the errors that `tracked` meshes have. Run:
 * `node tests/accuracy/liveness/mesh-errors.ts [clips]`.
 */
import { CANONICAL_POINTS } from '../../../src/shared/domain/canonical-face.ts';
import { mediaFolder, modelsFolder } from '../../../scripts/steps/paths.ts';
import { openPipeline } from './trial-vision.ts';
import { loadIdentities, simulateClip } from './corpus.ts';

const FRAMES = 12;
const clips = Number(process.argv[2] ?? 12);
const identities = await loadIdentities({ modelsFolder, mediaFolder, perPhoto: 2 });
const models = await openPipeline(modelsFolder);
const { pipeline } = models;

function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

const totals = { together: [] as number[], single: [] as number[], lasting: [] as number[], shift: [] as number[] };
let lost = 0;
for (let i = 0; i < clips; i++) {
  const identity = identities[i % identities.length]!;
  const { frames } = simulateClip({ seed: i, identity, attack: 'genuine', mesh: 'true', cropSide: 160 });
  const errors: Float32Array[] = [];
  for (const frame of frames.filter(({ mesh }) => mesh).slice(0, FRAMES)) {
    const located = await pipeline.locate(frame, { box: frame.face, score: 1 });
    const { points, presence } = await pipeline.mesh(frame, located);
    if (presence < 0.5) lost++;
    else errors.push(points.map((value, k) => (value - frame.mesh![k]!) / frame.face.width));
  }
  if (errors.length < 2) continue;
  for (const axis of [0, 1]) {
    const own = errors.map((error) => {
      let sum = 0;
      for (let k = axis; k < error.length; k += 3) sum += error[k]!;
      return sum / CANONICAL_POINTS;
    });
    const shift = own.reduce((sum, value) => sum + value, 0) / own.length;
    totals.shift.push(shift);
    totals.together.push(...own.map((value) => value - shift));
    for (let k = axis; k < 3 * CANONICAL_POINTS; k += 3) {
      const mean = errors.reduce((sum, error) => sum + error[k]!, 0) / errors.length;
      totals.lasting.push(mean - shift);
      totals.single.push(...errors.map((error, f) => error[k]! - mean - (own[f]! - shift)));
    }
  }
}
await models.close();
console.log(`${clips} clips of ${FRAMES} meshes; ${lost} frames without a face. RMS as shares of the face's width:`);
for (const [name, values] of Object.entries(totals)) console.log(`  ${name}: ${rms(values).toFixed(4)}`);
