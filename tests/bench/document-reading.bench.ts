// Time of reading a side of an ID card, beside the runtime's own time for the same tensors, and memory over many
// pictures: `node tests/bench/document-reading.bench.ts [pictures] [threads]`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { loadRuntime } from '../../src/main/inference/runtime.ts';
import { openDocumentReader } from '../support/documents/document-reading.ts';
import { backSvg, frontSvg, SPECIMEN_BACK, SPECIMEN_FRONT } from '../support/documents/drawn-id-card.ts';
import { MODELS_FOLDER } from '../support/inference/text-engine.ts';

const pictures = Number(process.argv[2] ?? 100);
const threads = Number(process.argv[3] ?? 1);
const TODAY = '2026-11-22';
const REPORTED = new Set([10, 50, 100, 250, 500, 1000, pictures]);

const onDesk = async (svg: string, degrees: number): Promise<Buffer> =>
  sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#5b4a38' } })
    .composite([
      {
        input: await sharp(Buffer.from(svg)).flatten().rotate(degrees, { background: '#5b4a38' }).png().toBuffer(),
        left: 180,
        top: 160,
      },
    ])
    .jpeg({ quality: 88 })
    .toBuffer();

async function cpuMsOf<T>(
  work: () => Promise<T>,
): Promise<{ readonly cpuMs: number; readonly wallMs: number; readonly value: T }> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - start, value };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The detector on 736 × 448 and the recogniser on a front's widths, with nothing around them. */
async function floorMs(): Promise<{ readonly cpuMs: number; readonly wallMs: number }> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const options = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: false,
    logSeverityLevel: 3 as const,
  };
  const open = async (file: string) => InferenceSession.create(await readFile(join(MODELS_FOLDER, file)), options);
  const [detect, recognise] = [await open('ppocr_v4_det.onnx'), await open('ppocr_v4_rec.onnx')];
  const grey = (height: number, width: number) => ({
    x: new Tensor('float32', new Float32Array(3 * height * width), [1, 3, height, width]),
  });
  const run = async () => {
    await detect.run(grey(448, 736));
    for (const width of [128, 96, 64, 160, 96, 96, 480, 480, 96, 576, 704, 256, 288])
      await recognise.run(grey(48, width));
  };
  await run();
  const runs = [];
  for (let i = 0; i < 5; i++) runs.push(await cpuMsOf(run));
  await Promise.all([detect.release(), recognise.release()]);
  return { cpuMs: median(runs.map(({ cpuMs }) => cpuMs)), wallMs: median(runs.map(({ wallMs }) => wallMs)) };
}

const floor = await floorMs();
console.log(
  `runtime alone, front: ${floor.cpuMs.toFixed(0)} ms CPU, ${floor.wallMs.toFixed(0)} ms wall, ${threads} thread(s)`,
);
const opened = await openDocumentReader({}, threads);
const times = { 'id-card-front': [] as number[], 'id-card-back': [] as number[] };
const walls = { 'id-card-front': [] as number[], 'id-card-back': [] as number[] };
for (let n = 1; n <= pictures; n++) {
  const page = n % 2 ? 'id-card-front' : 'id-card-back';
  const image = await onDesk(
    page === 'id-card-front' ? frontSvg(SPECIMEN_FRONT) : backSvg(SPECIMEN_BACK),
    (n % 15) - 7,
  );
  const { cpuMs, wallMs, value } = await cpuMsOf(() => opened.reader.readDocument({ image, page, today: TODAY }));
  if (!value.ok) throw new Error(`picture ${n}: ${value.error.code}`);
  times[page].push(cpuMs);
  walls[page].push(wallMs);
  if (REPORTED.has(n)) console.log(`after ${n} pictures: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`);
}
for (const page of ['id-card-front', 'id-card-back'] as const) {
  console.log(
    `${page}: median ${median(times[page]).toFixed(0)} ms CPU, ${median(walls[page]).toFixed(0)} ms wall of ${times[page].length}`,
  );
}
await opened.release();
