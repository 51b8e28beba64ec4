import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { KioskAction } from '../../../shared/ipc/kiosk.ts';
import { ok } from '../../../shared/result.ts';
import { App } from '../app.tsx';
import type { CaptureState } from '../capture/capture.ts';
import { paintWindow } from '../capture/paint-window.ts';
import { FIXTURE_NAMES, fixtureProgress, fixtureView } from './fixtures.ts';
import { REASON_FIXTURES } from './reason-fixtures.ts';

declare global {
  interface Window {
    /** What the page has asked for, for tests. */
    acted: KioskAction[];
  }
}

config({ jitless: true });

/** Where the painted face is. */
const PAINTED_FACE = { x: 0.356, y: 0.22, width: 0.288, height: 0.52 };

/** A painted face in place of a camera. */
function paintedVideo(): HTMLVideoElement {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const paint = canvas.getContext('2d');
  if (paint) {
    paint.fillStyle = '#b9b2a6';
    paint.fillRect(0, 0, 640, 480);
    paint.fillStyle = '#5f6f73';
    paint.beginPath();
    paint.ellipse(320, 500, 200, 150, 0, 0, Math.PI * 2);
    paint.fill();
    paint.fillStyle = '#d9b79c';
    paint.beginPath();
    paint.ellipse(320, 230, 92, 124, 0, 0, Math.PI * 2);
    paint.fill();
  }
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = canvas.captureStream(5);
  return video;
}

const silent = (): (() => void) => () => undefined;
const root = createRoot(document.getElementById('root')!);

/** Shows what the address says after its `#`: `screen`, `lang`, and the flags `elder`, `dark`, `demo`, `mute`. */
function show(): void {
  const params = new URLSearchParams(location.hash.slice(1));
  const name = [...FIXTURE_NAMES, ...REASON_FIXTURES].find((known) => known === params.get('screen')) ?? 'attract';
  const view = fixtureView(name, {
    language: params.get('lang') === 'en' ? 'en' : 'zh-CN',
    elder: params.has('elder'),
    demo: params.has('demo'),
  });
  const hasPicture = ['card-photo', 'position', 'light', 'challenge'].includes(view.screen);
  const capture: CaptureState = {
    video: hasPicture ? paintedVideo() : null,
    guidance: { box: null, hint: null, progress: name === 'position-hold' ? 0.6 : 0 },
    progress: fixtureProgress(name),
  };
  document.documentElement.dataset['theme'] = params.has('dark') ? 'dark' : 'light';
  paintWindow(view.screen === 'light' ? [0, 255, 255] : null);
  window.acted = [];
  flushSync(() =>
    root.render(
      <App
        key={location.hash}
        views={{ view: () => view, onChange: silent }}
        environment={{
          act: async (action) => {
            window.acted.push(action);
            return ok(null);
          },
          capture: {
            state: () => capture,
            faceAt: () => (view.screen === 'position' ? PAINTED_FACE : null),
            soundLevel: () => (view.screen === 'challenge' ? 0.55 : null),
            onChange: silent,
          },
          speaker: params.has('mute')
            ? null
            : { canSpeak: () => true, onVoices: silent, speak: () => undefined, stop: () => undefined },
        }}
      />,
    ),
  );
  document.body.dataset['shown'] = location.hash;
}

window.addEventListener('hashchange', show);
show();
