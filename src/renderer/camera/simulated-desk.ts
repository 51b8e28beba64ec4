import type { DocumentPage } from '../../shared/domain/document-reading.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { drawIdCardBack, drawIdCardFront } from './simulated-id-card.ts';
import { clipOfCard, loadPapers } from './simulated-papers.ts';
import { drawPassportPage } from './simulated-passport.ts';
import { loadFacePhoto } from './simulated-photo.ts';

type SimulatedSource = Extract<CameraSource, { kind: 'simulated' }>;

/** What a simulated document camera looks down at. */
export interface SimulatedDesk {
  readonly stream: MediaStream;
  /** Takes away what lies there and lays something else down, as a hand would; null: nothing. */
  lay(page: DocumentPage | null): void;
  close(): void;
}

const SIZE = { width: 1440, height: 1080 } as const;
const FRAMES_PER_SECOND = 10;
/** A hand takes a document away, is empty for a moment, and lays the next one down. */
const TAKE_MS = 400;
const EMPTY_MS = 500;
const LAY_MS = 600;
/** Nobody lays a card down quite straight. */
const TURNED = 0.028;
const GRAIN_SIDE = 256;

/** From nothing (0) to lying there (1) and away again. */
interface Lying {
  readonly picture: OffscreenCanvas | null;
  readonly sinceMs: number;
}

/**
 * A desk with the papers of a demonstration's person, drawn.
 *
 * @param card whose papers they are; null: the desk stays empty.
 */
export async function startSimulatedDesk(
  source: SimulatedSource,
  card: 'a' | 'b' | null,
): Promise<Result<SimulatedDesk, Failure>> {
  const draw = card === null ? () => null : await drawerOf(source, card);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, SIZE);
  const paint = canvas.getContext('2d', { alpha: false });
  if (!draw || !paint) return err(failure('camera.missing', 'the simulated papers did not load'));
  const grain = grainPattern(paint);
  let before: Lying = { picture: null, sinceMs: -Infinity };
  let now: Lying = before;
  const frame = (): void => {
    const nowMs = performance.now();
    paintDesk(paint);
    paintLying(paint, before.picture, 1 - eased((nowMs - now.sinceMs) / TAKE_MS));
    const waitMs = before.picture ? TAKE_MS + EMPTY_MS : EMPTY_MS;
    paintLying(paint, now.picture, eased((nowMs - now.sinceMs - waitMs) / LAY_MS));
    paintGrain(paint, grain);
  };
  frame();
  const timer = setInterval(frame, 1_000 / FRAMES_PER_SECOND);
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  return ok({
    stream,
    lay: (page) => {
      before = now;
      now = { picture: lyingAs(page && draw(page)), sinceMs: performance.now() };
    },
    close: () => {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
    },
  });
}

/** How the pages look; a bank card is not among a simulated person's papers. */
async function drawerOf(
  source: SimulatedSource,
  card: 'a' | 'b',
): Promise<((page: DocumentPage) => HTMLCanvasElement | null) | null> {
  const [papers, photo] = await Promise.all([
    loadPapers(source.url, card),
    loadFacePhoto(clipOfCard(source.url, card)),
  ]);
  if (!papers || !photo) return null;
  return (page) => {
    switch (page) {
      case 'id-card-front':
        return drawIdCardFront(papers, photo);
      case 'id-card-back':
        return drawIdCardBack(papers);
      case 'travel-document':
        return drawPassportPage(papers, photo);
      case 'bank-card':
        return null;
    }
  };
}

function eased(share: number): number {
  const t = Math.min(1, Math.max(0, share));
  return t * t * (3 - 2 * t);
}

function paintDesk(paint: CanvasRenderingContext2D): void {
  paint.fillStyle = '#4b463f';
  paint.fillRect(0, 0, SIZE.width, SIZE.height);
}

/** A document slides in from the side of the person. */
function paintLying(paint: CanvasRenderingContext2D, lying: OffscreenCanvas | null, share: number): void {
  if (lying && share > 0) paint.drawImage(lying, 0, Math.round((1 - share) * SIZE.height));
}

/** The document as it lies there, with its shadow; drawn once, because shadows take long to draw. */
function lyingAs(picture: HTMLCanvasElement | null): OffscreenCanvas | null {
  if (!picture) return null;
  const lying = new OffscreenCanvas(SIZE.width, SIZE.height);
  const paint = lying.getContext('2d');
  if (!paint) return null;
  paint.translate(SIZE.width / 2, SIZE.height / 2);
  paint.rotate(TURNED);
  paint.shadowColor = 'rgb(0 0 0 / 45%)';
  paint.shadowBlur = 14;
  paint.shadowOffsetY = 5;
  paint.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return lying;
}

function grainPattern(paint: CanvasRenderingContext2D): CanvasPattern | null {
  const grain = new ImageData(GRAIN_SIDE, GRAIN_SIDE);
  for (let at = 0; at < grain.data.length; at += 4) {
    const value = Math.random() < 0.5 ? 0 : 255;
    grain.data.set([value, value, value, 6], at);
  }
  const tile = new OffscreenCanvas(GRAIN_SIDE, GRAIN_SIDE);
  tile.getContext('2d')?.putImageData(grain, 0, 0);
  return paint.createPattern(tile, 'repeat');
}

/** The noise of a sensor: without it no frame would differ from the last, and none would come. */
function paintGrain(paint: CanvasRenderingContext2D, grain: CanvasPattern | null): void {
  if (!grain) return;
  const anywhere = (): number => -Math.floor(GRAIN_SIDE * Math.random());
  paint.save();
  paint.translate(anywhere(), anywhere());
  paint.fillStyle = grain;
  paint.fillRect(0, 0, SIZE.width + GRAIN_SIDE, SIZE.height + GRAIN_SIDE);
  paint.restore();
}
