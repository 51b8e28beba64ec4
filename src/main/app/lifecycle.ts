import { app, Menu, powerMonitor, powerSaveBlocker, session, type BrowserWindow } from 'electron';
import type { Logger } from 'pino';
import { systemClock } from '../../shared/clock.ts';
import { ADMIN_CHANNELS } from '../../shared/ipc/admin.ts';
import { KIOSK_CHANNELS, KIOSK_VIEW_EVENT } from '../../shared/ipc/kiosk.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Application } from '../composition/application-contract.ts';
import { createKioskHandlers } from '../composition/kiosk-handlers.ts';
import type { AdminPaper } from './admin-paper.ts';
import type { FileChoice } from './file-choice.ts';
import { serveClerkWindow } from './clerk-window.ts';
import { runUnattended } from './unattended.ts';
import { createTrustedSenders, routeChannels, type TrustedSenders } from './ipc-router.ts';
import type { AppOptions } from './options.ts';
import { createKeyBurst } from './key-burst.ts';
import { restrictSession } from './session-policy.ts';
import { kioskHost } from './kiosk-host.ts';
import { watchKiosk } from './watchdog.ts';
import { createAdminWindow, createKioskWindow } from './windows.ts';

export interface WindowParts {
  /** The application, or why it can't run: then the kiosk shows its maintenance screen. */
  readonly application: Result<Application, Failure>;
  readonly options: AppOptions;
  readonly log: Logger;
  readonly preloadFolder: string;
  /** Puts the admin window on paper. */
  readonly adminPaper: AdminPaper;
  readonly fileChoice: FileChoice;
}

/** Opens the kiosk window, connects it to the application and keeps it alive until the application ends. */
export function runWindows(parts: WindowParts): void {
  Menu.setApplicationMenu(null);
  const { application } = parts;
  restrictSession(session.defaultSession, {
    wanted: () => application.ok && listens(application.value),
    tested: () => application.ok && application.value.testsMicrophone(),
  });
  powerSaveBlocker.start('prevent-display-sleep');
  const senders = createTrustedSenders();
  if (parts.application.ok) runKiosk(parts, parts.application.value, senders);
  else runMaintenance(parts, parts.application.error, senders);
  app.on('window-all-closed', () => app.quit());
}

/** The microphone is open to the page while somebody reads digits aloud and at no other time. */
function listens({ service }: Application): boolean {
  const view = service.view();
  return view.screen === 'challenge' && view.kind === 'digits';
}

function runKiosk(parts: WindowParts, application: Application, senders: TrustedSenders): void {
  const { options, log, preloadFolder } = parts;
  const { service } = application;
  const onBug = (channel: string, error: unknown): void =>
    log.error({ channel, error: error instanceof Error ? error.stack : 'unknown' }, 'bug');

  let admin: BrowserWindow | null = null;
  const openAdmin = (): void => {
    if (admin && !admin.isDestroyed()) return admin.focus();
    admin = createAdminWindow(preloadFolder);
    senders.add('admin', admin.webContents);
    parts.adminPaper.of(admin.webContents);
    parts.fileChoice.of(admin);
    admin.on('closed', () => {
      admin = null;
      // Whoever closes it has left: the next one signs in anew.
      void application.adminHandlers['admin:sign-out'](null);
    });
  };
  const kiosk = createKioskWindow(preloadFolder, { windowed: options.windowed, hidden: options.certify !== null });
  senders.add('kiosk', kiosk.webContents);
  const watchdog = watchKiosk(kiosk, systemClock, {
    onLost: (detail) => {
      log.error({ detail }, 'kiosk page lost');
      service.screenLost(detail);
    },
    onExhausted: () => {
      log.error('kiosk page can not be kept alive: starting the application anew');
      app.relaunch();
      app.exit(1);
    },
  });
  const openClerk = serveClerkWindow({ application, senders, preloadFolder, openAdmin, onBug });
  application.onOpenClerk(openClerk);
  const handlers = createKioskHandlers({
    service,
    demo: application.demo,
    openAdmin,
    openClerk,
    staffCalls: application.staffCalls,
    onHeartbeat: watchdog.beat,
  });
  routeChannels('kiosk', senders, KIOSK_CHANNELS, handlers, onBug);
  routeChannels('admin', senders, ADMIN_CHANNELS, application.adminHandlers, onBug, application.serveSettings);
  service.onView((view) => {
    if (!kiosk.isDestroyed()) kiosk.webContents.send(KIOSK_VIEW_EVENT, view);
  });
  service.onRecord((record) => log.info({ certifyId: record.certifyId, verdict: record.verdict }, 'committed'));
  const swipes = createKeyBurst({
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    today: () => application.today(),
    onZone: (zone) => service.zoneSwiped(ok(zone)),
    onFailure: (failed) => service.zoneSwiped(err(failed)),
  });
  kiosk.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || input.isAutoRepeat || !application.readsSwipedKeys()) return;
    const press = { key: input.key, code: input.code, shift: input.shift, timeMs: systemClock.monotonicMs() };
    if (swipes.take(press)) event.preventDefault();
  });
  const kioskMode = !options.windowed && options.certify === null;
  application.attachHost(kioskHost(kiosk, { kioskMode }));
  powerMonitor.on('resume', () => application.resumed());
  kiosk.on('closed', () => {
    swipes.close();
    watchdog.stop();
    app.quit();
  });
  app.on('will-quit', () => void application.stop());
  if (options.admin) openAdmin();
  if (options.clerk) openClerk();
  const started = application.start();
  const { certify, inputs, order } = options;
  if (certify !== null) void started.then(() => runUnattended(application, { sceneId: certify, inputs, order }));
}

/** Shows why the application can't run. No certification can start here. */
function runMaintenance(parts: WindowParts, failure: Failure, senders: TrustedSenders): void {
  parts.log.error({ failure }, 'the application can not run');
  if (parts.options.certify !== null) {
    process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
    return app.exit(1);
  }
  const kiosk = createKioskWindow(parts.preloadFolder, { windowed: parts.options.windowed, hidden: false });
  senders.add('kiosk', kiosk.webContents);
  const view = maintenanceView(failure.code);
  const refused = () => err(failure);
  routeChannels(
    'kiosk',
    senders,
    KIOSK_CHANNELS,
    {
      'kiosk:view': () => ok(view),
      'kiosk:act': refused,
      'kiosk:camera': refused,
      'kiosk:card-photo-frame': refused,
      'kiosk:document-frame': refused,
      'kiosk:document-picture': refused,
      'kiosk:guide': refused,
      'kiosk:evidence': refused,
      'kiosk:light-frame': refused,
      'kiosk:light-done': refused,
      'kiosk:camera-frame': refused,
      'kiosk:camera-answer': refused,
      'kiosk:challenge-frame': refused,
      'kiosk:challenge-audio': refused,
      'kiosk:challenge-aborted': refused,
      'kiosk:clip': refused,
      'kiosk:heartbeat': () => ok(null),
    },
    () => undefined,
  );
}

function maintenanceView(reason: FailureCode): KioskView {
  return {
    screen: 'maintenance',
    reason,
    revision: 1,
    siteName: 'Countersign',
    sceneName: '',
    language: 'zh-CN',
    elder: false,
    certifyId: null,
    idleSecondsLeft: null,
    demo: null,
    camera: null,
  };
}
