/**
 * A light challenge at a camera's pace through the inference process's own handlers: how long after the last frame the
 * verdict comes, and what the frames cost. Thirty crops and five large pictures a second, as a kiosk sends them.
 *
 *     npm run bench -- light-verdict [--rounds=5]
 */
import { loadavg } from 'node:os';
import sharp from 'sharp';
import { NEUTRAL_RGB } from '../../src/shared/domain/challenge.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { cosineSimilarity } from '../../src/main/comparison/similarity.ts';
import { createThresholdTable } from '../../src/main/comparison/threshold-table.ts';
import { createInferenceHandlers } from '../../src/main/inference/handlers.ts';
import { createFramedJudge } from '../../src/main/liveness/framed-judges.ts';
import { issueLightChallenge } from '../../src/main/liveness/light-challenge.ts';
import { createLightRecording } from '../../src/main/liveness/light-recording.ts';
import { recordingFiles } from '../../src/main/liveness/recorded-session.ts';
import { readFile } from 'node:fs/promises';
import { media, MODELS_FOLDER } from '../support/inference/media.ts';
import { displayAsIssued, seededBytes } from '../unit/liveness/synthetic-light.ts';

const TARGET_MS = 300;
const FRAME_MS = 1_000 / 30;
const EVIDENCE_EVERY = 6;
const rounds = Number(process.argv.find((argument) => argument.startsWith('--rounds='))?.split('=')[1] ?? 5);

const STILL = media('franck_01829.jpg');
/** Where the face is in the still, as shares; the crop shows it like a kiosk's. */
const FACE = { x: 0.39, y: 0.2, width: 0.25, height: 0.5 } as const;

async function pictures() {
  const { width = 0, height = 0 } = await sharp(STILL).metadata();
  const large = await sharp(STILL).resize(640, 480, { fit: 'inside' }).jpeg({ quality: 90 }).toBuffer();
  const region = {
    left: Math.max(0, Math.round((FACE.x - 0.4 * FACE.width) * width)),
    top: Math.max(0, Math.round((FACE.y - 0.05 * FACE.height) * height)),
    width: Math.round(1.8 * FACE.width * width),
    height: Math.round(1.1 * FACE.height * height),
  };
  const { data, info } = await sharp(STILL)
    .extract(region)
    .resize(160, 160, { fit: 'inside' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const face = { x: 0.22 * info.width, y: 0.05 * info.height, width: info.width / 1.8, height: info.height / 1.1 };
  return { large, crop: { rgb: data, width: info.width, height: info.height, face } };
}

function answered<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: object },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const handlers = createInferenceHandlers({
  clock: systemClock,
  readFile: (path) => readFile(path).catch(() => null),
  cosine: cosineSimilarity,
  createThresholdTable,
  createLightRecording,
  createFramedJudge,
  sessionFiles: recordingFiles,
});
answered(await handlers.prepare({ modelsFolder: MODELS_FOLDER, threads: 1 }));
const { large, crop } = await pictures();

for (let round = 0; round < rounds; round++) {
  const captureId = `round ${round}`;
  answered(await handlers.openCapture({ captureId }));
  const challenge = issueLightChallenge({ randomBytes: seededBytes(round), palette: 'vivid', slots: 10 });
  const startMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const last = challenge.colours.at(-1)!;
  const lengthMs = last.startMs + last.durationMs + challenge.tailMs;
  const pending: Promise<unknown>[] = [];
  let lastFrameMs = startMs;
  for (let i = 0; i * FRAME_MS < lengthMs; i++) {
    const dueMs = startMs + i * FRAME_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
    lastFrameMs = performance.now();
    const colour = challenge.colours.findLast(({ startMs: at }) => i * FRAME_MS >= at)?.rgb ?? NEUTRAL_RGB;
    const rgb = Uint8Array.from(crop.rgb, (value, at) => value * (0.6 + 0.4 * (colour[at % 3]! / 255)));
    pending.push(handlers.lightFrame({ captureId, ...crop, rgb, capturedAtMs: dueMs }));
    if (i % EVIDENCE_EVERY === 0) {
      const picture = { jpeg: Uint8Array.from(large), phase: 'light', capturedAtMs: dueMs } as const;
      pending.push(handlers.addEvidence({ captureId, ...picture }));
    }
  }
  const display = displayAsIssued(challenge, startMs);
  await Promise.all(pending);
  const queueMs = performance.now() - lastFrameMs;
  const cpuAtLast = process.cpuUsage();
  const light = answered(await handlers.judgeLight({ captureId, challenge, display }));
  answered(await handlers.summarise({ captureId }));
  const verdictMs = performance.now() - lastFrameMs;
  const judging = process.cpuUsage(cpuAtLast);
  const cpu = process.cpuUsage(cpuBefore);
  const measured = light.state === 'measured' ? light : null;
  console.log(
    `round ${round}: verdict ${verdictMs.toFixed(0)} ms after the last frame (target ${TARGET_MS}), ` +
      `${queueMs.toFixed(0)} of them for what waited; judging took ${((judging.user + judging.system) / 1_000).toFixed(0)} ms of CPU; ` +
      `${((cpu.user + cpu.system) / 1_000).toFixed(0)} ms of CPU for ${lengthMs} ms on screen, ` +
      `relief from ${measured?.relief?.frames ?? 0} frames, no face in ${measured?.faceless ?? 'unknown'}; ` +
      `load ${loadavg()[0]!.toFixed(1)}`,
  );
  await handlers.closeCapture({ captureId });
}
process.exit(0);
