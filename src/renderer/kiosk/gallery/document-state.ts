import type { CardOutline, DocumentGuidance } from '../../../shared/domain/document-reading.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { drawIdCardBack, drawIdCardFront } from '../../camera/simulated-id-card.ts';
import type { SimulatedPapers } from '../../camera/simulated-papers.ts';
import { drawPassportPage } from '../../camera/simulated-passport.ts';
import { NO_DOCUMENT, type DocumentCapture } from '../capture/document-runner.ts';
import type { AnyFixture } from './fixtures.ts';

const PAPERS: SimulatedPapers = {
  name: '范例一',
  sex: 'male',
  nation: '汉',
  birthDate: '1985-06-15',
  address: '北京市样例区样例路1号',
  number: '110101198506151011',
  issuer: '样例市公安局样例分局',
  validFrom: '2019-05-20',
  validTo: 'long-term',
};
const SIZE = { width: 1440, height: 1080 } as const;
/** Where the painted card lies, turned a little. */
const CARD = { x: 214, y: 221, turned: 0.028 } as const;

function place(x: number, y: number): readonly [number, number] {
  const [dx, dy] = [x - SIZE.width / 2, y - SIZE.height / 2];
  const [cos, sin] = [Math.cos(CARD.turned), Math.sin(CARD.turned)];
  return [(SIZE.width / 2 + dx * cos - dy * sin) / SIZE.width, (SIZE.height / 2 + dx * sin + dy * cos) / SIZE.height];
}

export const PAINTED_OUTLINE: CardOutline = [
  place(CARD.x, CARD.y),
  place(SIZE.width - CARD.x, CARD.y),
  place(SIZE.width - CARD.x, SIZE.height - CARD.y),
  place(CARD.x, SIZE.height - CARD.y),
];

/** A painted face in place of somebody's photo. */
function paintedPhoto(): {
  readonly face: { version: 1; width: number; height: number; points: number[] };
  readonly picture: ImageBitmap;
} {
  const canvas = new OffscreenCanvas(300, 400);
  const paint = canvas.getContext('2d')!;
  paint.fillStyle = '#e8eaec';
  paint.fillRect(0, 0, 300, 400);
  paint.fillStyle = '#4f6066';
  paint.beginPath();
  paint.ellipse(150, 400, 130, 110, 0, 0, Math.PI * 2);
  paint.fill();
  paint.fillStyle = '#d9b79c';
  paint.beginPath();
  paint.ellipse(150, 185, 70, 92, 0, 0, Math.PI * 2);
  paint.fill();
  return {
    face: { version: 1, width: 300, height: 400, points: [80, 95, 0, 220, 285, 0] },
    picture: canvas.transferToImageBitmap(),
  };
}

function paintedDocument(view: Extract<KioskView, { screen: 'document-capture' }>, empty: boolean): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, SIZE);
  const paint = canvas.getContext('2d')!;
  paint.fillStyle = '#4b463f';
  paint.fillRect(0, 0, SIZE.width, SIZE.height);
  if (empty) return canvas;
  const photo = paintedPhoto();
  const page =
    view.page === 'travel-document'
      ? drawPassportPage(PAPERS, photo)
      : view.page === 'id-card-back'
        ? drawIdCardBack(PAPERS)
        : drawIdCardFront(PAPERS, photo);
  paint.translate(SIZE.width / 2, SIZE.height / 2);
  paint.rotate(CARD.turned);
  if (page) paint.drawImage(page, -page.width / 2, -page.height / 2);
  return canvas;
}

function playing(canvas: HTMLCanvasElement): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = canvas.captureStream(5);
  return video;
}

const SEEN: DocumentGuidance = { outline: PAINTED_OUTLINE, hint: null, progress: 0, take: false };

/** What the camera of a fixture shows, and what has been said of it. */
export function documentState(name: AnyFixture, view: KioskView): DocumentCapture {
  if (view.screen !== 'document-capture' || name === 'document-opening') return NO_DOCUMENT;
  const empty = ['document-front', 'hint:no-card'].includes(name);
  const canvas = paintedDocument(view, empty);
  const still = view.reading ? canvas : null;
  const progress = name === 'document-good' ? 0.6 : 0;
  const seen = view.page === 'travel-document' || empty ? null : SEEN;
  return {
    video: playing(canvas),
    mirrored: name === 'document-instead',
    failed: name === 'document-instead' ? 'camera.in-use' : null,
    guidance: seen && { ...seen, hint: view.hint, progress },
    still,
    refused: name === 'document-refused' ? 'camera.lost' : null,
  };
}
