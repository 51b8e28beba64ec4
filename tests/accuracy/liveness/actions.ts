// Runs the kiosk's own frame-by-frame path over video clips and says which actions it finds in them.
//   node tests/accuracy/liveness/actions.ts DIR [--rate 17] [--photos]
// Nobody is asked for anything in such clips, so what is found is what people did by themselves. `--photos` turns a
// still of each clip in software (flat, and bent to cylinders) and counts what passes for an action.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { watchBaseline } from '../../../src/main/liveness/action-baseline.ts';
import { trackFace } from '../../../src/main/liveness/action-face.ts';
import { watchActions, type ActionWatch, type DoneAction } from '../../../src/main/liveness/action-watch.ts';
import { isSolid, watchDepth, type DepthWatch } from '../../../src/main/liveness/head-depth.ts';
import { ACTIONS } from '../../../src/shared/domain/challenge.ts';
import type { MeshFrame } from '../../../src/shared/domain/framed-judge.ts';
import { modelsFolder } from '../../../scripts/steps/paths.ts';
import { meshesOf, readClip, type Clip } from './clip-meshes.ts';
import { turnedPhotoClip } from './moved-photo.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rate: { type: 'string', default: '17' }, photos: { type: 'boolean', default: false } },
});
const folder = resolve(positionals[0] ?? '.');
const rate = Number(options.rate);
const store = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
if (!store.ok) throw new Error(`the models can't be used: ${store.error.detail ?? store.error.code}`);
const pipeline = createFacePipeline(store.value.models);
const totals = { clips: 0, seconds: 0, watchedSeconds: 0, frames: 0, spentMs: 0 };
const found = new Map<string, number>();

const files = readdirSync(folder).filter((file) => /\.(mp4|mpg|webm|mov|avi)$/.test(file));
if (files.length === 0) throw new Error(`${folder} has no clips`);
for (const file of files.sort()) {
  const clip = readClip(join(folder, file), rate, options.photos ? 0.5 : 60);
  for (const [name, shown] of options.photos ? photosOf(clip) : ([['', clip]] as const))
    await measure(file, name, shown);
}
report();
await store.value.release();

async function measure(file: string, name: string, clip: Clip): Promise<void> {
  const seen = await meshesOf(clip, pipeline);
  if (!seen) return console.log(`${file} ${name}: no face`);
  const { events, watchedMs } = actionsIn(seen.frames);
  const seconds = clip.frames.length / rate;
  totals.clips++;
  totals.seconds += seconds;
  totals.watchedSeconds += watchedMs / 1_000;
  totals.frames += seen.frames.length;
  totals.spentMs += seen.msPerFrame * seen.frames.length;
  for (const { label } of events) found.set(label, (found.get(label) ?? 0) + 1);
  const listed = events.map(({ label, atMs }) => `${label} ${(atMs / 1_000).toFixed(2)}`).join(', ');
  console.log(
    `${file}${name} ${seconds.toFixed(1)} s, watched ${(watchedMs / 1_000).toFixed(1)} s: ${listed || 'nothing'}`,
  );
}

/** The judge's own detectors, with the person's rest as the judge takes it. */
function actionsIn(frames: readonly MeshFrame[]) {
  const track = trackFace();
  const baselines = watchBaseline();
  const events: { label: string; atMs: number }[] = [];
  let known: { watch: ActionWatch; depth: DepthWatch } | null = null;
  let watchedMs = 0;
  for (const frame of frames) {
    const sight = track.see(frame);
    if (sight.state === 'interrupted') {
      known = null;
      baselines.reset();
    }
    if (sight.state !== 'same') continue;
    if (!known) {
      const rest = baselines.see(sight.face, sight.mesh);
      if ('rest' in rest) known = { watch: watchActions(rest.rest), depth: watchDepth(rest) };
      continue;
    }
    watchedMs += 1_000 / rate;
    const done = known.watch.see(sight.face);
    known.depth.see(sight.face, sight.mesh);
    for (const action of done) events.push({ label: labelOf(action, known.depth), atMs: action.startedAtMs });
  }
  return { events, watchedMs };
}

function labelOf({ action, startedAtMs }: DoneAction, depth: DepthWatch): string {
  if (action === 'blink' || action === 'open-mouth') return action;
  const shown = depth.measure(action === 'nod' ? 'pitch' : 'yaw', startedAtMs);
  return shown && isSolid(shown) ? action : `${action} (flat)`;
}

function photosOf(clip: Clip): [string, Clip][] {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return (['y', 'x'] as const).flatMap((axis) =>
    [Infinity, 0.6, -0.6].flatMap((bend) =>
      [35, 50].map((amplitude): [string, Clip] => [
        ` ${axis === 'y' ? 'turned' : 'tilted'} by ${amplitude}, ${bend === Infinity ? 'flat' : `bent ${bend}`}`,
        turnedPhotoClip(clip, 3, { amplitude, axis, bend, seconds: 5 }, random),
      ]),
    ),
  );
}

function report(): void {
  const { clips, seconds, watchedSeconds, frames, spentMs } = totals;
  console.log(`\n${clips} clips, ${seconds.toFixed(0)} s, of which ${watchedSeconds.toFixed(0)} s with a known rest`);
  console.log(`${(spentMs / Math.max(1, frames)).toFixed(1)} ms a frame on one thread, decoding included`);
  for (const label of [...ACTIONS, 'turn-left (flat)', 'turn-right (flat)', 'nod (flat)']) {
    const count = found.get(label) ?? 0;
    if (count > 0)
      console.log(`${label}: ${count}, ${((60 * count) / Math.max(1, watchedSeconds)).toFixed(1)} a minute`);
  }
}
