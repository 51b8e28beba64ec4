import type { Clock } from '../../shared/clock.ts';
import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import type { DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import type { AdminAnswers, AdminChannel, ADMIN_CHANNELS } from '../../shared/ipc/admin.ts';
import { ADMIN_RIGHTS, POLLED_CHANNELS } from '../../shared/ipc/admin-rights.ts';
import type { CameraSource } from '../../shared/ipc/camera-source.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
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
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import type { MicrophoneTest } from './microphone-test.ts';
import type { QualityPreview } from './quality-preview.ts';
import type { ReaderService } from './reader-service.ts';
import type { ReceiptPrinter } from './receipt-printer.ts';
import { readerSetup } from './reader-setup.ts';
import type { SchemeServices } from './scheme-services.ts';
import { schemeHandlers } from './admin-scheme-handlers.ts';
import type { SyncService } from './sync-port.ts';
import { brandHandlers } from './admin-brand-handlers.ts';
import { staffHandlers } from './admin-staff-handlers.ts';
import { guardHandlers } from './staff-guard.ts';
import { reportsHandlers } from './admin-reports-handlers.ts';
import { recordsHandlers } from './admin-records-handlers.ts';
import { auditHandlers } from './admin-audit-handlers.ts';
import { createAuditCheck, type AuditCheck } from './audit-check.ts';
import type { ChooseFile } from './file-task.ts';
import { settingsFileHandlers } from './admin-settings-file-handlers.ts';
import { systemHandlers as systemAreaHandlers } from './admin-system-handlers.ts';
import { devicesHandlers } from './admin-devices-handlers.ts';
import { setupHandlers } from './admin-setup-handlers.ts';
import type { StaffCalls } from './staff-calls.ts';
import type { Upkeep } from './upkeep.ts';
import type { SetupTestDesk } from './setup-test.ts';

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
  readonly setupTest: SetupTestDesk;
  readonly qualityPreview: QualityPreview;
  readonly receiptPrinter: ReceiptPrinter;
  readonly microphoneTest: MicrophoneTest;
  readonly staffCalls: Pick<StaffCalls, 'current'>;
  /** What the admin window shows, as a PDF. */
  readonly adminPaper: () => Promise<Result<Uint8Array, Failure>>;
  /** Asks a person where a file goes. */
  readonly chooseFile: ChooseFile;
  readonly upkeep: Upkeep;
  /** Opens the clerk's window; absent where there are no windows. */
  readonly openClerk?: () => void;
  /** Called after every saved setting. */
  readonly onSettings: () => void;
}

/** What the admin window may ask. Everything but the gate itself needs somebody who has signed in and may do it. */
export function createAdminHandlers(parts: AdminParts): AdminHandlers {
  const guarded = { window: 'admin', needs: ADMIN_RIGHTS, polled: POLLED_CHANNELS } as const;
  const auditCheck = createAuditCheck(parts.installation, parts.clock);
  return guardHandlers<AdminHandlers>(parts.installation, guarded, {
    ...systemHandlers(parts, auditCheck),
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
    ...brandHandlers(parts),
    ...staffHandlers(parts),
    ...reportsHandlers(parts),
    ...recordsHandlers(parts),
    ...auditHandlers(parts, auditCheck),
    ...settingsFileHandlers(parts),
    ...systemAreaHandlers(parts),
    ...devicesHandlers(parts),
    ...setupHandlers(parts),
  });
}

type Handlers<Channels extends AdminChannel> = Pick<AdminHandlers, Channels>;

function systemHandlers(parts: AdminParts, auditCheck: AuditCheck): Handlers<'admin:system'> {
  const { installation, inference } = parts;
  return {
    'admin:system': () =>
      ok({
        appVersion: parts.appVersion,
        databaseKey: installation.protection,
        models: inference.state(),
        audit: auditCheck.outcome(),
        demo: parts.demo,
      }),
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
): Handlers<
  'admin:verifier' | 'admin:enrol' | 'admin:sync-now' | 'admin:open-clerk' | 'admin:site' | 'admin:save-site'
> {
  const { installation, sync } = parts;
  const { settings } = installation;
  return {
    'admin:verifier': () => sync.status(),
    'admin:enrol': async ({ address, code, fingerprint }) => {
      const enrolled = await sync.enrol(address, code, fingerprint);
      if (!enrolled.ok) return enrolled;
      parts.onSettings();
      return sync.status();
    },
    'admin:sync-now': async () => {
      await sync.syncNow();
      return sync.status();
    },
    'admin:open-clerk': () => {
      parts.openClerk?.();
      return ok(null);
    },
    'admin:site': () => settings.read('site'),
    'admin:save-site': (site) => saved(settings.write('site', site), parts),
  };
}

function saved<T>(result: Result<T, Failure>, parts: AdminParts): Result<T, Failure> {
  if (result.ok) parts.onSettings();
  return result;
}
