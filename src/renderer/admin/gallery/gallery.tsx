import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import { AdminApp } from '../admin-app.tsx';
import type { CalibrationCamera, CameraPreview, Cameras } from '../environment.ts';
import { FixtureTerminal, GALLERY_CASES, type GalleryCase } from './fixture-bridge.ts';
import { settled } from '../../ui/gallery/gallery-page.ts';
import { SECTIONS } from '../shell/sections.ts';
import { fixtureLivePicture, fixtureSound } from './fixture-live.ts';
import { NOW_MS } from './fixture-records.ts';
import { GATE_NAMES, showGate } from './fixture-staff.ts';

config({ jitless: true });

const PICTURED_CASES = ['normal', 'empty', 'troubled', 'failing', 'loading'] as const satisfies readonly GalleryCase[];

/** A still picture as a camera: grey with an oval, so that the preview shows something. */
function paintedStream(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const paint = canvas.getContext('2d');
  if (paint !== null) {
    paint.fillStyle = '#8d9499';
    paint.fillRect(0, 0, 640, 480);
    paint.fillStyle = '#d8c3b0';
    paint.beginPath();
    paint.ellipse(320, 230, 110, 150, 0, 0, Math.PI * 2);
    paint.fill();
  }
  return canvas.captureStream(5);
}

function fixturePreview(label: string, labels: readonly string[]): CameraPreview {
  const stream = paintedStream();
  return {
    stream,
    label,
    width: 640,
    height: 480,
    live: fixtureLivePicture(stream),
    describe: async () => ({ label, labels, fingerprint: null }),
    close: () => undefined,
  };
}

/** Shows the colours in their time and sends nothing. */
const recordFixture: CalibrationCamera['record'] = async (challenge, { paint, signal }) => {
  for (const { rgb, durationMs } of challenge.colours) {
    if (signal.aborted) return err(failure('challenge.incomplete', 'aborted'));
    paint(rgb);
    await new Promise((resolve) => setTimeout(resolve, durationMs));
  }
  return ok([]);
};

function fixtureCameras(which: GalleryCase): Cameras {
  const plugged = [
    { deviceId: 'camera-a', label: 'HD Pro Webcam' },
    { deviceId: 'camera-b', label: 'Integrated Camera (04f2:b6d9)' },
  ];
  const broken = which === 'troubled' || which === 'empty';
  return {
    list: async () => ok(which === 'empty' ? [] : which === 'troubled' ? plugged.slice(1) : plugged),
    open: async (deviceId) => {
      if (broken) return err(failure(which === 'empty' ? 'camera.missing' : 'camera.in-use', 'NotReadableError'));
      const label = plugged.find((device) => device.deviceId === deviceId)?.label ?? plugged[0]!.label;
      return ok(
        fixturePreview(
          label,
          plugged.map((device) => device.label),
        ),
      );
    },
    openForCalibration: async () => {
      if (broken) return err(failure(which === 'empty' ? 'camera.missing' : 'camera.in-use', 'NotReadableError'));
      const { label } = plugged[0]!;
      return ok({ ...fixturePreview(label, [label]), record: recordFixture });
    },
    onChange: () => () => undefined,
  };
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const shown = createRoot(root);
let shownTimes = 0;

/** Shows what is asked for: `case`, `gate`, `language`, `dark`; which page, the hash says. */
function render(asked: URLSearchParams): void {
  const which = GALLERY_CASES.find((one) => one === asked.get('case')) ?? 'normal';
  showGate(asked.get('gate'), asked.get('role'));
  const language = asked.get('language');
  if (language !== null) localStorage.setItem('countersign.admin.language', language);
  localStorage.setItem('countersign.staff.theme', asked.has('dark') ? 'dark' : 'light');
  shownTimes += 1;
  shown.render(
    <AdminApp
      key={shownTimes}
      environment={{
        bridge: new FixtureTerminal(which).bridge,
        clock: { wallMs: () => NOW_MS, monotonicMs: () => performance.now() },
        cameras: fixtureCameras(which),
        sound: fixtureSound(which),
      }}
    />,
  );
}
render(new URLSearchParams(location.search));

window.gallery = {
  screens: [
    ...GATE_NAMES.map((gate) => ({ group: 'gate', name: `gate-${gate}`, address: `gate=${gate}` })),
    ...PICTURED_CASES.flatMap((which) =>
      SECTIONS.map((page) => ({ group: which, name: `${page}-${which}`, address: `case=${which}&page=${page}` })),
    ),
  ],
  show: async (address) => {
    const asked = new URLSearchParams(address);
    asked.set('language', asked.get('lang') ?? 'zh-CN');
    history.replaceState(null, '', `?${address}#${asked.get('page') ?? 'overview'}`);
    document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
    render(asked);
    await settled(asked.get('case') === 'loading');
    scrollTo(0, 0);
  },
};
