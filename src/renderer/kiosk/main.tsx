import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { KioskBridge } from '../../preload/bridge.ts';
import { openCamera } from '../camera/camera-session.ts';
import { openDocumentCamera } from '../camera/document-camera.ts';
import { App } from './app.tsx';
import { createCapture } from './capture/capture.ts';
import { paintWindow } from './capture/paint-window.ts';
import { packagedVoices } from './speech/recorded-voices.ts';
import { systemSpeaker } from './speech/speaker.ts';
import { firstOf } from './speech/voice.ts';
import { createViewStore } from './view-store.ts';

declare const countersign: KioskBridge;

// The page forbids evaluated code; without this, schemas would try it once and be reported.
config({ jitless: true });

const HEARTBEAT_MS = 2_000;

const bridge = countersign;
const views = createViewStore(bridge, (run, ms) => void setTimeout(run, ms));
const capture = createCapture({ bridge, openCamera, openDocumentCamera, paint: paintWindow });
views.onChange(() => {
  const view = views.view();
  if (view) capture.follow(view);
});
// Only a page that draws says that it is alive: a hung compositor stops the frames, and with them the beat.
setInterval(() => {
  requestAnimationFrame(() => {
    void bridge.invoke('kiosk:heartbeat', { screen: views.view()?.screen ?? 'starting' });
  });
}, HEARTBEAT_MS);

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <App
    views={views}
    environment={{
      act: (action) => bridge.invoke('kiosk:act', action),
      capture,
      speaker: firstOf(
        'speechSynthesis' in window ? [systemSpeaker(window.speechSynthesis), packagedVoices()] : [packagedVoices()],
      ),
    }}
  />,
);
