import { z } from 'zod';
import { cameraGeometrySchema, type CameraGeometry } from '../domain/camera-geometry.ts';
import type { CertificationRecord } from '../domain/certification.ts';
import type { SettledBy, StaffReview } from '../domain/review.ts';
import type { Countersignature, SignedReceipt } from '../domain/receipt.ts';
import { readerTransportSchema, type DeviceIdentity, type ReaderTransport } from '../domain/reader-transport.ts';
import { cardReadingSchema, type CardReading } from '../domain/card-reading.ts';
import { photoDecodingSchema, type PhotoDecoding } from '../domain/photo-decoding.ts';
import type { DetectedReader, ReaderDiagnosis } from '../domain/reader-diagnosis.ts';
import { siteSchema, type Site } from '../domain/site.ts';
import type { VerificationDetail } from '../protocol/check-queue.ts';
import type { Failure, ReasonCode, VerdictState } from '../reasons.ts';
import { ADMIN_DOCUMENT_CHANNELS, type AdminDocumentAnswers } from './admin-documents.ts';
import { ADMIN_OUTBOX_CHANNELS, type AdminOutboxAnswers } from './admin-outbox.ts';
import { ADMIN_SCHEME_CHANNELS, type AdminSchemeAnswers } from './admin-schemes.ts';
import { ADMIN_BRAND_CHANNELS, type AdminBrandAnswers } from './admin-brand.ts';
import { ADMIN_STAFF_CHANNELS, type AdminStaffAnswers } from './admin-staff.ts';
import { ADMIN_REPORTS_CHANNELS, type AdminReportsAnswers } from './admin-reports.ts';
import { ADMIN_RECORDS_CHANNELS, type AdminRecordsAnswers } from './admin-records.ts';
import { ADMIN_AUDIT_CHANNELS, type AdminAuditAnswers } from './admin-audit.ts';
import { ADMIN_SETTINGS_FILE_CHANNELS, type AdminSettingsFileAnswers } from './admin-settings-file.ts';
import { ADMIN_SYSTEM_CHANNELS, type AdminSystemAnswers } from './admin-system.ts';
import { ADMIN_DEVICES_CHANNELS, type AdminDevicesAnswers } from './admin-devices.ts';
import { ADMIN_SETUP_CHANNELS, type AdminSetupAnswers } from './admin-setup.ts';
import { ADMIN_CAMERA_CHANNELS, type AdminCameraAnswers } from './admin-camera.ts';

export interface PortChoice {
  readonly path: string;
  readonly label: string;
  /** What tells the device at this port from others; absent for ports without. */
  readonly device?: DeviceIdentity;
}

export interface ReaderStatus {
  readonly transport: ReaderTransport | null;
  readonly state: 'ready' | 'missing' | 'fault' | 'off';
  readonly samId: string | null;
  /** The line speed that answered; null where there is none, or none yet. */
  readonly baud: number | null;
  /** A vendor's service by its own name; null elsewhere. */
  readonly service: string | null;
  readonly simulated: boolean;
  readonly failure: Failure | null;
}

export interface CameraChoice {
  /** Null: the first camera of the machine. */
  readonly deviceId: string | null;
  readonly label: string | null;
  readonly geometry: CameraGeometry;
}

export interface VerifierStatus {
  readonly address: string | null;
  readonly enrolled: boolean;
  readonly deviceId: string | null;
  readonly serverKeyFingerprint: string | null;
  /** Records that the verifier has not confirmed yet. */
  readonly unsent: number;
  readonly lastSyncAtMs: number | null;
  readonly lastFailure: Failure | null;
}

export interface RecordRow {
  readonly certifyId: string;
  readonly startedAtMs: number;
  readonly sceneId: string;
  /** After the verifier's answer, where it has the last word, and after the staff's decision. */
  readonly state: VerdictState;
  readonly reason: string;
  readonly nameMasked: string | null;
  readonly numberMasked: string | null;
  readonly provisional: boolean;
  /** The verifier has countersigned it. */
  readonly countersigned: boolean;
  readonly simulated: boolean;
  /** Whose word `state` is; absent: the machine's own. */
  readonly settledBy?: SettledBy;
}

export interface RecordDetail {
  readonly record: CertificationRecord;
  readonly receipt: SignedReceipt;
  readonly receiptHash: string;
  readonly countersignature: Countersignature | null;
  /** What the verifier was asked about it and said; null where nothing was asked. */
  readonly verification: VerificationDetail | null;
  /** What the staff decided about it, in order, the last one counts; absent: nothing. The record itself stays. */
  readonly reviews?: readonly StaffReview[];
  /** What it is listed and counted with, where that isn't the record's own verdict. */
  readonly settled?: { readonly by: SettledBy; readonly state: VerdictState; readonly reason: ReasonCode };
}

export interface DayCount {
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly submitted: number;
  readonly passed: number;
  readonly failed: number;
  readonly review: number;
  readonly error: number;
}

export interface SystemStatus {
  readonly appVersion: string;
  readonly databaseKey: 'vault' | 'key-file';
  readonly models: 'ready' | 'loading' | Failure;
  readonly audit: { readonly entries: number; readonly ok: boolean; readonly firstBadEntry: number | null } | null;
  readonly demo: boolean;
}

/** Channels that the admin window may invoke: request schema by channel. Answers are `Result` values. */
export const ADMIN_CHANNELS = {
  'admin:system': z.null(),
  'admin:reader': z.null(),
  'admin:list-ports': z.null(),
  'admin:save-reader': z.strictObject({ transport: readerTransportSchema.nullable() }),
  'admin:test-reader': z.null(),
  'admin:detect-readers': z.null(),
  'admin:diagnose-reader': z.strictObject({ transport: readerTransportSchema.nullable() }),
  'admin:card-reading': z.null(),
  'admin:save-card-reading': z.strictObject({ reading: cardReadingSchema, decoding: photoDecodingSchema }),
  'admin:try-photo-decoder': z.strictObject({ decoding: photoDecodingSchema }),
  'admin:camera': z.null(),
  'admin:save-camera': z.strictObject({
    deviceId: z.string().max(200).nullable(),
    label: z.string().max(200).nullable(),
    geometry: cameraGeometrySchema,
  }),
  ...ADMIN_CAMERA_CHANNELS,
  ...ADMIN_DOCUMENT_CHANNELS,
  'admin:verifier': z.null(),
  'admin:enrol': z.strictObject({
    address: z.url().max(300),
    code: z.string().min(4).max(20),
    /** Of the server's key, as an administrator has compared it. */
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  'admin:sync-now': z.null(),
  ...ADMIN_OUTBOX_CHANNELS,
  ...ADMIN_SCHEME_CHANNELS,
  ...ADMIN_BRAND_CHANNELS,
  ...ADMIN_STAFF_CHANNELS,
  ...ADMIN_REPORTS_CHANNELS,
  ...ADMIN_RECORDS_CHANNELS,
  ...ADMIN_AUDIT_CHANNELS,
  ...ADMIN_SETTINGS_FILE_CHANNELS,
  ...ADMIN_SYSTEM_CHANNELS,
  ...ADMIN_DEVICES_CHANNELS,
  ...ADMIN_SETUP_CHANNELS,
  /** The clerk's window asks for itself who is there. */
  'admin:open-clerk': z.null(),
  'admin:site': z.null(),
  'admin:save-site': siteSchema,
} as const;

export interface AdminAnswers
  extends
    AdminCameraAnswers,
    AdminDocumentAnswers,
    AdminOutboxAnswers,
    AdminSchemeAnswers,
    AdminBrandAnswers,
    AdminStaffAnswers,
    AdminReportsAnswers,
    AdminRecordsAnswers,
    AdminAuditAnswers,
    AdminSettingsFileAnswers,
    AdminSystemAnswers,
    AdminDevicesAnswers,
    AdminSetupAnswers {
  'admin:system': SystemStatus;
  'admin:reader': ReaderStatus;
  'admin:list-ports': readonly PortChoice[];
  'admin:save-reader': ReaderStatus;
  /** What a test read found, masked; or why it did not. */
  'admin:test-reader': {
    readonly kind: string;
    readonly nameMasked: string;
    readonly numberMasked: string;
    readonly portrait: string;
    /** Why the portrait is not decoded; null when it is, or when there is none. */
    readonly portraitReason: ReasonCode | null;
    /** Bytes of fingerprints on the card; null when they were not asked for. */
    readonly fingerprintBytes: number | null;
    readonly tookMs: number;
  };
  'admin:detect-readers': readonly DetectedReader[];
  'admin:diagnose-reader': ReaderDiagnosis;
  'admin:card-reading': { readonly reading: CardReading; readonly decoding: PhotoDecoding };
  'admin:save-card-reading': { readonly reading: CardReading; readonly decoding: PhotoDecoding };
  'admin:try-photo-decoder': { readonly name: string; readonly tookMs: number };
  'admin:camera': CameraChoice;
  'admin:save-camera': CameraChoice;
  'admin:verifier': VerifierStatus;
  'admin:enrol': VerifierStatus;
  'admin:sync-now': VerifierStatus;
  'admin:open-clerk': null;
  'admin:site': Site;
  'admin:save-site': Site;
}
export type AdminChannel = keyof typeof ADMIN_CHANNELS;
