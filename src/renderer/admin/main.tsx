import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { AdminBridge } from '../../preload/bridge.ts';
import { systemClock } from '../../shared/clock.ts';
import { AdminApp } from './admin-app.tsx';
import { deviceCameras } from './camera/device-cameras.ts';

declare global {
  interface Window {
    readonly countersign: AdminBridge;
  }
}

// The page forbids evaluated code; without this, schemas would try it once and be reported.
config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <AdminApp
    environment={{
      bridge: window.countersign,
      clock: systemClock,
      cameras: deviceCameras(navigator.mediaDevices),
    }}
  />,
);
