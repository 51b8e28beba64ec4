import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { ClerkBridge } from '../../preload/bridge.ts';
import { systemClock } from '../../shared/clock.ts';
import { playChime } from './chime.ts';
import { ClerkApp } from './clerk-app.tsx';

declare const countersign: ClerkBridge;

// The page forbids evaluated code; without this, schemas would try it once and be reported.
config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const sound = new AudioContext();
createRoot(root).render(
  <ClerkApp
    environment={{
      bridge: countersign,
      clock: systemClock,
      chime: () => playChime(sound),
      printPage: () => print(),
    }}
  />,
);
