// Makes what the demonstration and the end-to-end tests need from the downloaded clips: two simulated persons, each as
// the clip itself and as one frame of it with its face mesh, and their synthetic cards. A card's portrait is another
// moment of the clip than the one that stands before the camera.
import { chromium } from '@playwright/test';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { createFacePipeline } from '../src/main/inference/face-pipeline.ts';
import type { Frame } from '../src/main/inference/frame.ts';
import { fivePoints } from '../src/main/inference/landmarks.ts';
import { loadModels } from '../src/main/inference/model-store.ts';
import { findBrowser } from '../tools/electron-stand-in/find-browser.ts';
import { demoFolder, mediaFolder, modelsFolder } from './steps/paths.ts';
import { simulatedFace, type SimulatedFaceFiles } from './steps/simulated-face.ts';

interface Person {
  readonly id: 'a' | 'b';
  readonly clip: string;
  /** Where the card's portrait is cut, and where the person looks at the camera with the mouth closed. */
  readonly portraitSeconds: number;
  readonly personSeconds: number;
  readonly fields: Record<string, string>;
}

const SHARED = { sex: 'male', nation: '汉', issuer: '样例市公安局样例分局', validFrom: '2019-05-20' };
const PERSONS: readonly Person[] = [
  {
    id: 'a',
    clip: 'franck.webm',
    portraitSeconds: 40,
    personSeconds: 12,
    fields: {
      ...SHARED,
      name: '范例一',
      birthDate: '1985-06-15',
      address: '北京市样例区样例路1号',
      number: '110101198506151011',
      validTo: '2039-05-20',
    },
  },
  {
    id: 'b',
    clip: 'cap12_edit.webm',
    portraitSeconds: 6,
    personSeconds: 3,
    fields: {
      ...SHARED,
      name: '范例二',
      birthDate: '1990-03-21',
      address: '北京市样例区样例路2号',
      number: '110101199003212016',
      validTo: '2039-05-20',
    },
  },
];

/** Portraits on cards: 102×126 pixels, 28 between the eyes, at most 1,024 bytes. */
const CARD = { width: 102, height: 126, interOcular: 28, eyesX: 51, eyesY: 56, maxBytes: 1024 } as const;

const stampFile = join(demoFolder, '.stamp');
const stamp = createHash('sha256')
  .update(readFileSync(import.meta.filename))
  .update(readFileSync(join(import.meta.dirname, 'steps/simulated-face.ts')))
  .update(PERSONS.map(({ clip }) => readFileSync(join(mediaFolder, clip)).length).join())
  .digest('hex');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  console.error('Making the simulated persons and their cards…');
  await makeDemo();
  writeFileSync(stampFile, stamp);
}

async function makeDemo(): Promise<void> {
  mkdirSync(demoFolder, { recursive: true });
  const pictures = await cutPictures();
  for (const person of PERSONS) {
    copyFileSync(join(mediaFolder, person.clip), join(demoFolder, `person-${person.id}.webm`));
    const { portrait, face } = pictures[person.id];
    writeFileSync(join(demoFolder, `portrait-${person.id}.webp`), portrait);
    writeFileSync(join(demoFolder, `person-${person.id}.png`), face.png);
    writeFileSync(join(demoFolder, `person-${person.id}.json`), face.json);
    const card = { kind: 'resident', fields: person.fields, portrait: { file: `portrait-${person.id}.webp` } };
    writeFileSync(join(demoFolder, `card-${person.id}.json`), `${JSON.stringify(card, null, 2)}\n`);
  }
}

interface Pictures {
  readonly portrait: Buffer;
  readonly face: SimulatedFaceFiles;
}

async function cutPictures(): Promise<Record<Person['id'], Pictures>> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    console.error('No Chromium, Chrome or Edge found: it is needed to cut the pictures out of the clips. Install one.');
    process.exit(1);
  }
  const server = createServer((request, response) => {
    const person = PERSONS.find(({ id }) => request.url === `/${id}.webm`);
    response.setHeader('content-type', person ? 'video/webm' : 'text/html');
    response.end(person ? readFileSync(join(mediaFolder, person.clip)) : '<!doctype html><title>clips</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    const pipeline = await openPipeline();
    const [a, b] = [PERSONS[0]!, PERSONS[1]!];
    const frame = async ({ id }: Person, seconds: number): Promise<Buffer> =>
      Buffer.from(await page.evaluate(frameAt, { url: `${address}/${id}.webm`, seconds }), 'base64');
    const cut = async (person: Person): Promise<Pictures> => ({
      portrait: await cardPortrait(pipeline, await frame(person, person.portraitSeconds)),
      face: await simulatedFace(pipeline, await frame(person, person.personSeconds)),
    });
    return { a: await again(3, () => cut(a)), b: await again(3, () => cut(b)) };
  } finally {
    await browser.close();
    server.close();
  }
}

/** A busy machine may show a clip's frame too late; the same frame is then asked for again. */
async function again<T>(tries: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries <= 1) throw error;
    console.error(`Once more: ${error instanceof Error ? error.message : String(error)}`);
    return again(tries - 1, work);
  }
}

/** What the function in the page uses of the browser; scripts are checked without the DOM's types. */
interface PageGlobals {
  readonly document: { createElement(name: 'video'): PageVideo; createElement(name: 'canvas'): PageCanvas };
  readonly URL: { createObjectURL(blob: Blob): string };
}
interface PageVideo {
  muted: boolean;
  src: string;
  currentTime: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  load(): void;
  requestVideoFrameCallback(run: () => void): void;
  addEventListener(event: string, run: (value: unknown) => void, options: { once: boolean }): void;
}
interface PageCanvas {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    drawImage(video: PageVideo, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
  toDataURL(type: string): string;
}

/** Runs in the page: one frame of a clip as a PNG, base64. A recorded clip has no index, so it is fetched whole. */
async function frameAt({ url, seconds }: { url: string; seconds: number }): Promise<string> {
  const { document, URL } = globalThis as unknown as PageGlobals;
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(await (await fetch(url)).blob());
  const once = (event: string) => new Promise((resolve) => video.addEventListener(event, resolve, { once: true }));
  const loaded = once('loadeddata');
  video.load();
  await loaded;
  const seeked = once('seeked');
  // A clip that was just opened can say that it has arrived before its picture is there.
  const presented = new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()));
  const longEnough = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  video.currentTime = seconds;
  await seeked;
  await Promise.race([presented, longEnough(2_000)]);
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  for (let tries = 0; tries < 20; tries++) {
    context.drawImage(video, 0, 0);
    const { data } = context.getImageData(0, canvas.height >> 1, canvas.width, 1);
    if (data.some((value, at) => at % 4 !== 3 && value !== data[at % 4])) break;
    await longEnough(250);
  }
  return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
}

async function openPipeline() {
  const models = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
  if (!models.ok) {
    console.error(`The models can't be used: ${models.error.detail ?? models.error.code}`);
    process.exit(1);
  }
  return createFacePipeline(models.value.models);
}

/** Crops like an ID card's portrait and squeezes it into the photo block. */
async function cardPortrait(pipeline: Awaited<ReturnType<typeof openPipeline>>, png: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const frame: Frame = { width: info.width, height: info.height, rgb: data };
  const [face] = await pipeline.detect(frame);
  if (!face) throw new Error('no face in the clip where the portrait is cut');
  const five = fivePoints((await pipeline.locate(frame, face)).landmarks);
  const centreX = (five[0]! + five[2]!) / 2;
  const centreY = (five[1]! + five[3]!) / 2;
  const scale = Math.hypot(five[2]! - five[0]!, five[3]! - five[1]!) / CARD.interOcular;
  const left = Math.max(0, Math.round(centreX - CARD.eyesX * scale));
  const top = Math.max(0, Math.round(centreY - CARD.eyesY * scale));
  const crop = {
    left,
    top,
    width: Math.min(info.width - left, Math.round(CARD.width * scale)),
    height: Math.min(info.height - top, Math.round(CARD.height * scale)),
  };
  for (let quality = 80; quality > 0; quality -= 4) {
    const webp = await sharp(png)
      .extract(crop)
      .resize(CARD.width, CARD.height, { fit: 'fill' })
      .webp({ quality, effort: 6 })
      .toBuffer();
    if (webp.length <= CARD.maxBytes) return webp;
  }
  throw new Error('the portrait does not fit into 1,024 bytes');
}
