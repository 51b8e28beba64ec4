import type { ClerkLive, RunningCertification, ShownPictures, StartableScene } from '../../../shared/ipc/clerk.ts';
import { certifyId, NOW_MS } from './fixture-cases.ts';
import type { GalleryCase } from './gallery-case.ts';

const RUNNING: RunningCertification = {
  certifyId: certifyId(99),
  sceneId: 'counter',
  sceneName: '柜台核验',
  schemeId: 'CounterCard',
  screen: 'position',
  stepSinceMs: NOW_MS - 7_000,
  startedAtMs: NOW_MS - 31_000,
  nameMasked: '测*员',
  numberMasked: '110***********1234',
  orderId: 'desk-2026-0417',
  attempt: 1,
  problem: null,
  verdict: null,
  awaitsVerifier: false,
  showsPictures: false,
};

function runningIn(which: GalleryCase): RunningCertification | null {
  if (which === 'running') return RUNNING;
  if (which === 'pictures')
    return { ...RUNNING, screen: 'challenge', attempt: 2, problem: 'capture.too-bright', showsPictures: true };
  if (which === 'verdict') {
    const verdict = { state: 'review', reason: 'face.grey-band', provisional: true } as const;
    return { ...RUNNING, screen: 'result', verdict };
  }
  if (which === 'called')
    return { ...RUNNING, screen: 'card', nameMasked: null, numberMasked: null, problem: 'card.read-failed' };
  if (which === 'long') {
    const name = 'W*** A*** B*** C*** D*** E*** F*** G*** H*** I*** J*** K***';
    return { ...RUNNING, nameMasked: name, sceneName: '出入境证件办理与领取窗口人证核验' };
  }
  return null;
}

const expectedNext: ClerkLive['expected'] = {
  requestId: certifyId(98),
  sceneId: 'counter',
  sceneName: '柜台核验',
  orderId: 'desk-2026-0418',
};

export function fixtureLive(which: GalleryCase): ClerkLive {
  const running = runningIn(which);
  const called = which === 'called' || which === 'answered';
  return {
    siteName: which === 'long' ? '某某市某某区人民路支行营业部自助服务厅东侧入口' : '人民路支行',
    nowMs: NOW_MS,
    screen: which === 'troubled' ? 'maintenance' : (running?.screen ?? 'attract'),
    running,
    outOfService: which === 'troubled' ? 'reader.missing' : null,
    call: called
      ? {
          callId: 'call-1',
          sinceMs: NOW_MS - 47_000,
          screen: 'card',
          reason: 'card.read-failed',
          certifyId: certifyId(99),
          answeredAtMs: which === 'answered' ? NOW_MS - 3_000 : null,
        }
      : null,
    expected: which === 'normal' ? expectedNext : null,
    waitingReviews: which === 'empty' ? 0 : 5,
  };
}

export const FIXTURE_SCENES: readonly StartableScene[] = [
  {
    sceneId: 'counter',
    name: '柜台核验',
    schemeId: 'CounterCard',
    walkUp: true,
    byCaller: false,
    inputs: [
      { input: 'name', required: false },
      { input: 'number', required: false },
    ],
    refusal: null,
  },
  {
    sceneId: 'phone',
    name: '三要素核对',
    schemeId: 'PhoneCheck',
    walkUp: false,
    byCaller: true,
    inputs: [
      { input: 'name', required: true },
      { input: 'number', required: true },
      { input: 'phone', required: true },
    ],
    refusal: null,
  },
  {
    sceneId: 'video',
    name: '视频核验',
    schemeId: 'VideoCheck',
    walkUp: false,
    byCaller: true,
    inputs: [{ input: 'name', required: true }],
    refusal: 'needs-pictures',
  },
];

/** A drawn head as a picture: grey with an oval. */
async function drawn(shade: string): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 400;
  const paint = canvas.getContext('2d');
  if (paint !== null) {
    paint.fillStyle = shade;
    paint.fillRect(0, 0, 320, 400);
    paint.fillStyle = '#d8c3b0';
    paint.beginPath();
    paint.ellipse(160, 170, 84, 112, 0, 0, Math.PI * 2);
    paint.fill();
    paint.beginPath();
    paint.ellipse(160, 420, 150, 110, 0, 0, Math.PI * 2);
    paint.fill();
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}

export async function fixturePictures(): Promise<ShownPictures> {
  return {
    portrait: { bytes: await drawn('#b9c4cc'), type: 'image/jpeg' },
    best: { bytes: await drawn('#6f7a80'), type: 'image/jpeg' },
  };
}
