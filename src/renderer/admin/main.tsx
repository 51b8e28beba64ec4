import { createRoot } from 'react-dom/client';
import type { AdminBridge } from '../../preload/bridge.ts';
import { systemClock } from '../../shared/clock.ts';
import { AdminApp } from './admin-app.tsx';
import { ask } from './answers.ts';
import { lazyCameras } from './camera/lazy-cameras.ts';
import { deviceSound } from './peripherals/device-sound.ts';

declare global {
  interface Window {
    readonly countersign: AdminBridge;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
/** A main that is busy doesn't keep the window empty. */
const LONGEST_WAIT_MS = 150;
const drawing = createRoot(root);
const known = await Promise.race([
  ask(window.countersign, 'admin:gate', null).then((gate) => (gate.ok ? gate.value : null)),
  new Promise<null>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS, null)),
]);
drawing.render(
  <AdminApp
    known={known}
    environment={{
      bridge: window.countersign,
      clock: systemClock,
      cameras: lazyCameras(async () =>
        (await import('./camera/device-cameras.ts')).deviceCameras(navigator.mediaDevices),
      ),
      sound: deviceSound(),
    }}
  />,
);
