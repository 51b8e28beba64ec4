import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { KioskBridge } from '../../src/preload/bridge.ts';
import { openCamera } from '../../src/renderer/camera/camera-session.ts';
import { openDocumentCamera } from '../../src/renderer/camera/document-camera.ts';
import { App } from '../../src/renderer/kiosk/app.tsx';
import { createCapture } from '../../src/renderer/kiosk/capture/capture.ts';
import { paintWindow } from '../../src/renderer/kiosk/capture/paint-window.ts';
import { createViewStore } from '../../src/renderer/kiosk/view-store.ts';
import type { KioskAction } from '../../src/shared/ipc/kiosk-action.ts';
import type { KioskView } from '../../src/shared/ipc/kiosk-view.ts';
import { ok } from '../../src/shared/result.ts';

/**
 * The kiosk's page as it is, with the test's server in place of the main process: views come from it and are not in
 * this program, so that whatever is found of them afterwards was left behind.
 */
config({ jitless: true });

const styles = import.meta.glob<string>('../../src/renderer/kiosk/styles/kiosk.css', {
  query: '?inline',
  import: 'default',
  eager: true,
});
document.head.append(Object.assign(document.createElement('style'), { textContent: Object.values(styles).join('') }));

const POLL_MS = 100;
let addresses = 0;
const [make, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
URL.createObjectURL = (of: Blob | MediaSource) => {
  addresses += 1;
  return make(of);
};
URL.revokeObjectURL = (address) => {
  addresses -= 1;
  revoke(address);
};

interface PageGlobals {
  /** Addresses of objects that nobody has given back. */
  addressesLeft: () => number;
  /** What was reported of a camera that went. */
  readonly cameraLost: string[];
}
const pageGlobals = Object.assign(globalThis, {
  addressesLeft: () => addresses,
  cameraLost: [],
}) as PageGlobals;

const listeners: ((view: KioskView) => void)[] = [];
let revision = -1;
const askedView = async (): Promise<KioskView> => (await fetch('/view')).json() as Promise<KioskView>;
const bridge: KioskBridge = {
  // Channels are typed one by one; the test answers all of them alike.
  invoke: (async (channel: string, report: { type?: string; code?: string } | null) => {
    if (channel === 'kiosk:camera' && report?.type === 'failed') pageGlobals.cameraLost.push(report.code ?? '');
    if (channel === 'kiosk:view') return ok(await askedView());
    return ok(channel === 'kiosk:guide' ? { box: null, hint: null, progress: 0 } : null);
  }) as never,
  onView: (listener) => {
    listeners.push(listener);
    return () => undefined;
  },
};
setInterval(() => {
  void askedView().then((view) => {
    if (view.revision === revision) return;
    revision = view.revision;
    listeners.forEach((listener) => listener(view));
  });
}, POLL_MS);

/** What the visitor asks for is told to the test's server and to nobody here. */
const askedFor = async (action: KioskAction) => {
  await fetch('/act', { method: 'POST', body: JSON.stringify(action) });
  return ok(null);
};

const views = createViewStore(bridge, (run, ms) => void setTimeout(run, ms));
const capture = createCapture({ bridge, openCamera, openDocumentCamera, paint: paintWindow });
views.onChange(() => {
  const view = views.view();
  if (view) capture.follow(view);
});

const place = document.createElement('div');
place.id = 'root';
document.body.append(place);
createRoot(place).render(<App views={views} environment={{ act: askedFor, capture, speaker: null }} />);
