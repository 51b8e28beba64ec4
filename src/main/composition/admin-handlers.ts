import type { Clock } from '../../shared/clock.ts';
import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import type { DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import type { AdminAnswers, AdminChannel, ADMIN_CHANNELS, SystemStatus } from '../../shared/ipc/admin.ts';
import type { CameraSource } from '../../shared/ipc/kiosk.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { verifyAudit } from '../store/audit-verification.ts';
import { localDayOf } from '../store/local-day.ts';
import type { z } from 'zod';
import { createCameraHandlers } from './camera-handlers.ts';
import type { CameraService } from './camera-service.ts';
import type { PreparedInference } from './face-inference.ts';
import type { Installation } from './installation.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import { documentHandlers } from './admin-document-handlers.ts';
import { outboxHandlers } from './admin-outbox-handlers.ts';
import { readingHandlers, type ReadingChannel } from './admin-reading-handlers.ts';
import type { TravelDocumentService } from './travel-document-service.ts';
import type { DocumentInference } from '../certification/ports.ts';
import type { ReaderService } from './reader-service.ts';
import { readerSetup } from './reader-setup.ts';
import type { SchemeServices } from './scheme-services.ts';
import { schemeHandlers } from './admin-scheme-handlers.ts';
import type { SyncService } from './sync-port.ts';

/** How long the reader test waits for a card. */
const READER_TEST_MS = 15_000;

export type AdminHandlers = {
  readonly [C in AdminChannel]: (
    request: z.output<(typeof ADMIN_CHANNELS)[C]>,
  ) => Result<AdminAnswers[C], Failure> | Promise<Result<AdminAnswers[C], Failure>>;
};

export interface AdminParts {
  readonly installation: Installation;
  readonly schemes: SchemeServices;
  readonly reader: ReaderService;
  readonly inference: PreparedInference;
  /** What reading digits aloud can be used for here. */
  readonly digits: () => DigitLivenessOffer;
  readonly sync: SyncService;
  readonly direct: DirectVerifier;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly demo: boolean;
  readonly documents: DocumentInference;
  readonly travelDocuments: TravelDocumentService;
  readonly camera: CameraService;
  /** The simulated camera of a demonstration; null elsewhere. */
  readonly simulatedCamera: () => CameraSource | null;
  /** Whether a clip can be encoded here where the page can't. */
  readonly encodesClips: () => boolean;
  /** Processor cores of this machine; those that there are, unless a test says otherwise. */
  readonly cores?: number;
  /** A certification is running, so reader and camera can't be taken away from it. */
  readonly busy: () => boolean;
  /** Called after every saved setting. */
  readonly onSettings: () => void;
}

/** Channels that a window asks by itself, again and again: being asked doesn't mean that somebody is there. */
const POLLED_CHANNELS = new Set<AdminChannel>([
  'admin:system',
  'admin:reader',
  'admin:verifier',
  'admin:outbox',
  'admin:chip-progress',
]);

const OPEN_CHANNELS = new Set<AdminChannel>(['admin:gate', 'admin:set-pin', 'admin:sign-in']);

/** What the admin window may ask. Everything but the gate itself needs an administrator who has signed in. */
export function createAdminHandlers(parts: AdminParts): AdminHandlers {
  return guarded(parts, {
    ...gateHandlers(parts),
    ...systemHandlers(parts),
    ...deviceHandlers(parts),
    ...createCameraHandlers({
      settings: parts.installation.settings,
      camera: parts.camera,
      clock: parts.clock,
      simulated: parts.simulatedCamera,
      busy: parts.busy,
      onSettings: parts.onSettings,
    }),
    ...documentHandlers(parts),
    ...outboxHandlers(parts),
    ...schemeHandlers(parts),
    ...settingHandlers(parts),
    ...recordHandlers(parts),
  });
}

function guarded(parts: AdminParts, handlers: AdminHandlers): AdminHandlers {
  const guard =
    (channel: AdminChannel) =>
    (request: never): unknown => {
      if (!OPEN_CHANNELS.has(channel) && !isAdmitted(parts, channel)) {
        return err(failure('request.invalid', 'signed out'));
      }
      return (handlers[channel] as (request: never) => unknown)(request);
    };
  const channels = Object.keys(handlers) as AdminChannel[];
  return Object.fromEntries(channels.map((channel) => [channel, guard(channel)])) as unknown as AdminHandlers;
}

function isAdmitted({ installation }: AdminParts, channel: AdminChannel): boolean {
  if (!POLLED_CHANNELS.has(channel)) return installation.admin.admit();
  const gate = installation.admin.gate();
  return gate.ok && gate.value.state === 'signed-in';
}

type Handlers<Channels extends AdminChannel> = Pick<AdminHandlers, Channels>;

function gateHandlers({
  installation,
}: AdminParts): Handlers<'admin:gate' | 'admin:set-pin' | 'admin:sign-in' | 'admin:sign-out'> {
  const { admin } = installation;
  return {
    'admin:gate': () => admin.gate(),
    'admin:set-pin': ({ pin }) => admin.setPin(pin),
    'admin:sign-in': ({ pin }) => admin.signIn(pin),
    'admin:sign-out': () => admin.signOut(),
  };
}

function systemHandlers(parts: AdminParts): Handlers<'admin:system' | 'admin:verify-audit'> {
  const { installation, inference } = parts;
  let audit: SystemStatus['audit'] = null;
  return {
    'admin:system': () =>
      ok({
        appVersion: parts.appVersion,
        databaseKey: installation.protection,
        models: inference.state(),
        audit,
        demo: parts.demo,
      }),
    'admin:verify-audit': () => {
      const report = verifyAudit(installation.database, installation.keys.audit, installation.identity.publicKey);
      if (!report.ok) return report;
      const { entries, firstBadEntry } = report.value;
      audit = { entries, ok: report.value.ok, firstBadEntry };
      return ok(audit);
    },
  };
}

function deviceHandlers(
  parts: AdminParts,
): Handlers<
  | 'admin:reader'
  | 'admin:list-ports'
  | 'admin:save-reader'
  | 'admin:test-reader'
  | 'admin:camera'
  | 'admin:save-camera'
  | ReadingChannel
> {
  const { installation, reader, clock } = parts;
  const { settings } = installation;
  return {
    'admin:reader': () => ok(reader.status()),
    'admin:list-ports': async () => {
      const ports = await reader.listPorts();
      if (!ports.ok) return ports;
      return ok(
        ports.value.map(({ path, manufacturer, vendorId, productId, serialNumber, device }) => ({
          path,
          ...(device ? { device } : {}),
          label: [manufacturer, vendorId && `${vendorId}:${productId ?? '?'}`, serialNumber]
            .filter(Boolean)
            .join(' · '),
        })),
      );
    },
    'admin:save-reader': async ({ transport }) => {
      if (transport?.kind === 'simulated' && !parts.demo) {
        return err(failure('request.invalid', 'transport: the simulated reader is for demonstrations only'));
      }
      if (parts.busy()) return err(failure('request.invalid', 'a certification is running: wait until it has ended'));
      const saved = settings.write('reader', transport);
      if (!saved.ok) return saved;
      const setup = readerSetup(settings, transport, parts.demo);
      if (!setup.ok) return setup;
      await reader.configure(setup.value);
      return ok(reader.status());
    },
    'admin:test-reader': async () => {
      if (parts.busy()) return err(failure('request.invalid', 'a certification is running: wait until it has ended'));
      const beganMs = clock.monotonicMs();
      const read = await reader.test(READER_TEST_MS);
      if (!read.ok) return read;
      const { kind, fields, portrait, fingerprintBytes } = read.value;
      return ok({
        kind,
        nameMasked: maskName(fields.name),
        numberMasked: maskNumber(fields.number),
        portrait: portrait.state,
        portraitReason: portrait.state === 'not-decoded' ? portrait.reason : null,
        fingerprintBytes: fingerprintBytes ?? null,
        tookMs: Math.round(clock.monotonicMs() - beganMs),
      });
    },
    ...readingHandlers(parts),
    'admin:camera': () => settings.read('camera'),
    'admin:save-camera': (camera) => saved(settings.write('camera', camera), parts),
  };
}

function settingHandlers(
  parts: AdminParts,
): Handlers<'admin:verifier' | 'admin:enrol' | 'admin:sync-now' | 'admin:site' | 'admin:save-site'> {
  const { installation, sync } = parts;
  const { settings } = installation;
  return {
    'admin:verifier': () => sync.status(),
    'admin:enrol': async ({ address, code }) => {
      const enrolled = await sync.enrol(address, code);
      if (!enrolled.ok) return enrolled;
      parts.onSettings();
      return sync.status();
    },
    'admin:sync-now': async () => {
      await sync.syncNow();
      return sync.status();
    },
    'admin:site': () => settings.read('site'),
    'admin:save-site': (site) => saved(settings.write('site', site), parts),
  };
}

function recordHandlers({
  installation,
  clock,
}: AdminParts): Handlers<'admin:records' | 'admin:record' | 'admin:report'> {
  const { queries } = installation;
  return {
    'admin:records': ({ offset, limit, state }) => queries.list(offset, limit, state),
    'admin:record': ({ certifyId }) => queries.show(certifyId),
    'admin:report': ({ days }) => queries.report(localDayOf(clock.wallMs()), days),
  };
}

function saved<T>(result: Result<T, Failure>, parts: AdminParts): Result<T, Failure> {
  if (result.ok) parts.onSettings();
  return result;
}
