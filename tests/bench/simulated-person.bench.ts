/**
 * The simulated persons in front of the flashing page, judged by the inference process as at a kiosk. Run with
 * `node tests/bench/simulated-person.bench.ts [runs] [presentation …]`; prints one line a run and the spread.
 */
import { join } from 'node:path';
import type { InferenceContract } from '../../src/main/inference/contract.ts';
import { judgeLiveness } from '../../src/main/liveness/judge.ts';
import { issueLightChallenge } from '../../src/main/liveness/light-challenge.ts';
import { forkWorker } from '../../src/main/worker-process/child-process.ts';
import { callerFor, type Caller } from '../../src/main/worker-process/rpc.ts';
import type { PixelBox } from '../../src/shared/domain/liveness.ts';
import { PRESENTATIONS, type Presentation } from '../../src/shared/ipc/camera-source.ts';
import type { Failure } from '../../src/shared/reasons.ts';
import type { Result } from '../../src/shared/result.ts';
import { MODELS_FOLDER } from '../support/inference/media.ts';
import { findBrowser, openLoopPage, type LoopPage } from '../support/liveness-loop.ts';
import { seededBytes } from '../unit/liveness/synthetic-light.ts';

const PEOPLE = [
  { file: 'person-a.webm', startSeconds: 8 },
  { file: 'person-b.webm', startSeconds: 2 },
] as const;

const runs = Number(process.argv[2] ?? 5);
const named = process.argv.slice(3);
const presentations: readonly Presentation[] = PRESENTATIONS.filter((one) => named.length === 0 || named.includes(one));

const executablePath = findBrowser();
if (!executablePath) throw new Error('an installed Chromium is needed');

function given<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail ?? ''}`);
  return result.value;
}

async function certify(
  page: LoopPage,
  caller: Caller<InferenceContract>,
  person: (typeof PEOPLE)[number],
  presentation: Presentation,
  run: number,
) {
  const captureId = `${person.file}-${presentation}-${run}`;
  const challenge = issueLightChallenge({ randomBytes: seededBytes(captureId), palette: 'vivid', slots: 10 });
  const label = await page.open(person.file, presentation, person.startSeconds + run);
  if (label !== 'simulated person') throw new Error(label);
  const seen = given(
    await caller.call('inspect', { image: await page.evidenceOf({ x: 0.3, y: 0.2, width: 0.4, height: 0.6 }) }),
  );
  const box: PixelBox | undefined = seen.faces[0]?.box;
  if (!box) throw new Error('no face');
  const relative = { x: box.x / 480, y: box.y / 360, width: box.width / 480, height: box.height / 360 };
  const recorded = await page.run(challenge, relative);
  await page.shut();
  given(await caller.call('openCapture', { captureId }));
  for (const { jpeg, phase } of recorded.evidence) {
    await caller.call('addEvidence', {
      captureId,
      jpeg,
      capturedAtMs: 0,
      phase: phase === 'neutral' ? phase : 'light',
    });
  }
  for (const frame of recorded.frames) given(await caller.call('lightFrame', { captureId, ...frame }));
  const light = given(await caller.call('judgeLight', { captureId, challenge, display: recorded.display }));
  const { spoofMedian, continuityMin, spoofScores } = given(await caller.call('summarise', { captureId }));
  await caller.call('closeCapture', { captureId });
  return judgeLiveness({
    light,
    spoofMedian,
    spoofFrames: spoofScores.length,
    continuityMin,
    faceLost: false,
    severalFaces: false,
  });
}

const worker = forkWorker(join(import.meta.dirname, '../../src/main/inference/worker.ts'));
const caller = callerFor<InferenceContract>(worker, { crashed: 'inference.crashed', late: 'inference.unavailable' });
given(await caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 }));
const page = await openLoopPage(executablePath);
for (const person of PEOPLE) {
  for (const presentation of presentations) {
    for (let run = 0; run < runs; run++) {
      const { verdict, reasons, evidence } = await certify(page, caller, person, presentation, run);
      const { light, spoofMedian, continuityMin } = evidence;
      const numbers =
        light.state === 'measured'
          ? `rho ${light.rho.toFixed(3)} lag ${light.lagMs} gain ${light.gain.map((value) => value.toFixed(2)).join('/')} fps ${light.framesPerSecond.toFixed(0)} gap ${light.longestGapMs.toFixed(0)} relief ${light.relief?.score.toFixed(3) ?? '-'}`
          : light.detail;
      console.log(
        `${person.file} ${presentation} ${verdict} ${reasons.join(',')} spoof ${spoofMedian?.toFixed(2)} same ${continuityMin?.toFixed(2)} ${numbers}`,
      );
    }
  }
}
await page.close();
worker.kill();
