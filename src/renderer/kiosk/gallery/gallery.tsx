import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { KioskAction } from '../../../shared/ipc/kiosk-action.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import { App } from '../app.tsx';
import type { CaptureState } from '../capture/capture.ts';
import { paintWindow } from '../capture/paint-window.ts';
import { documentState, PAINTED_OUTLINE } from './document-state.ts';
import { DOCUMENT_FIXTURES } from './document-fixtures.ts';
import { FIXTURE_NAMES, fixtureProgress, fixtureView } from './fixtures.ts';
import { PAINTED_FACE } from './painted-face.ts';
import { paintedVideo } from './painted-video.ts';
import { settled } from '../../ui/gallery/gallery-page.ts';
import { galleryBrand } from '../../ui/gallery/gallery-brand.ts';
import { REASON_FIXTURES } from './reason-fixtures.ts';

declare global {
  interface Window {
    /** What the page has asked for, for tests. */
    acted: KioskAction[];
    /** How often a picture was asked for. */
    taken: number;
  }
}

config({ jitless: true });

const silent = (): (() => void) => () => undefined;
const root = createRoot(document.getElementById('root')!);

/** Shows what the address says after its `#`: `screen`, `lang`, and the flags `elder`, `dark`, `demo`, `mute`, `refuse`. */
function show(): void {
  const params = new URLSearchParams(location.hash.slice(1));
  const name =
    [...FIXTURE_NAMES, ...REASON_FIXTURES, ...DOCUMENT_FIXTURES].find((known) => known === params.get('screen')) ??
    'attract';
  const view = fixtureView(name, {
    language: params.get('lang') === 'en' ? 'en' : 'zh-CN',
    elder: params.has('elder'),
    demo: params.has('demo'),
    low: params.has('low'),
  });
  const branded = { ...view, brand: galleryBrand(params) };
  const hasPicture = ['card-photo', 'position', 'light', 'challenge'].includes(view.screen);
  const capture: CaptureState = {
    video: hasPicture ? paintedVideo() : null,
    guidance: { box: null, hint: null, progress: name === 'position-hold' ? 0.6 : 0 },
    progress: fixtureProgress(name),
    document: documentState(name, view),
  };
  paintWindow(view.screen === 'light' ? [0, 255, 255] : null);
  window.acted = [];
  window.taken = 0;
  flushSync(() =>
    root.render(
      <App
        key={location.hash}
        views={{ view: () => branded, onChange: silent }}
        environment={{
          act: async (action) => {
            window.acted.push(action);
            const isRefused = params.has('refuse') && action.type.startsWith('submit-');
            return isRefused ? err(failure('request.invalid')) : ok(null);
          },
          capture: {
            state: () => capture,
            faceAt: () => (view.screen === 'position' ? PAINTED_FACE : null),
            soundLevel: () => (view.screen === 'challenge' ? 0.55 : null),
            outlineAt: () => (capture.document.guidance?.outline ? PAINTED_OUTLINE : null),
            takeDocument: () => void (window.taken += 1),
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

window.gallery = {
  screens: [
    ...FIXTURE_NAMES.map((name) => ({ group: 'screens', name, address: `screen=${name}` })),
    ...REASON_FIXTURES.map((name) => ({ group: 'reasons', name, address: `screen=${name}` })),
    ...DOCUMENT_FIXTURES.map((name) => ({ group: 'documents', name, address: `screen=${name}` })),
  ],
  show: async (address) => {
    history.replaceState(null, '', `#${address}`);
    show();
    await settled();
  },
};
