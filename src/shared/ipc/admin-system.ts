import { z } from 'zod';
import type { Signature } from '../domain/receipt.ts';
import type { Failure } from '../reasons.ts';

/** What needs attention beside devices and models; asked again and again. */
export interface TerminalState {
  readonly maintenance: boolean;
  /** A certification runs; maintenance begins when it has ended. */
  readonly attended: boolean;
  /** The largest share of a cap of the outbox that is used, 0..; null where nothing is ever sent. */
  readonly outboxShare: number | null;
  readonly outboxNearlyFull: boolean;
  /** Why no certification may begin; null: one may. */
  readonly refusal: Failure | null;
  readonly clock: ClockState;
  /** Free space for the data folder; null where the system doesn't tell. */
  readonly freeBytes: number | null;
  /** A visitor has called for help and nobody has answered; `sinceMs`: when. */
  readonly call: { readonly sinceMs: number } | null;
  /** Records that wait for a person's decision. */
  readonly waitingReviews: number;
  readonly lastTest: { readonly atMs: number; readonly bad: number; readonly warnings: number } | null;
}

/** What is known about this machine's clock. */
export interface ClockState {
  /** The last jump that nothing explains; null: none since the start. `byMs` < 0: set back. */
  readonly jump: { readonly byMs: number; readonly atMs: number } | null;
  /** Erasing by time waits until the time is confirmed. */
  readonly holding: boolean;
}

export const HEALTH_PARTS = [
  'reader',
  'camera',
  'models',
  'database',
  'audit',
  'disk',
  'clock',
  'verifier-clock',
  'outbox',
  'vault',
] as const;
export type HealthPart = (typeof HEALTH_PARTS)[number];

export interface HealthFinding {
  readonly part: HealthPart;
  /** `off`: not set up, and nothing that would have to be. */
  readonly state: 'good' | 'warning' | 'bad' | 'off';
  readonly failure: Failure | null;
  /** Figures behind it, by name. */
  readonly figures: Readonly<Record<string, string | number>>;
}

export interface SelfTest {
  readonly deviceId: string;
  readonly appVersion: string;
  readonly atMs: number;
  readonly tookMs: number;
  readonly findings: readonly HealthFinding[];
}

/** The device's signature covers `countersign-self-test|` and the canonical JSON of the test. */
export interface SignedSelfTest {
  readonly test: SelfTest;
  readonly signature: Signature;
}

export interface VersionState {
  readonly appVersion: string;
  readonly packaged: boolean;
  readonly platform: string;
  readonly runtime: Readonly<Record<string, string>>;
  readonly databaseSchema: number;
  readonly models: readonly { readonly file: string; readonly sha256: string }[];
}

export interface DiagnosticsFile {
  readonly name: 'about.json' | 'health.json' | 'settings.json' | 'counts.json' | 'log.jsonl';
  readonly bytes: number;
}

export interface KioskLockState {
  readonly platform: string;
  /** Runs over the whole screen without a frame. */
  readonly kioskMode: boolean;
  /** Keys that the window holds back. */
  readonly blockedKeys: readonly string[];
}

/** Channels of health, upkeep and privacy: request schema by channel. */
export const ADMIN_SYSTEM_CHANNELS = {
  'admin:terminal': z.null(),
  'admin:set-maintenance': z.strictObject({ on: z.boolean() }),
  'admin:confirm-clock': z.null(),
  'admin:self-test': z.null(),
  'admin:last-self-test': z.null(),
  'admin:versions': z.null(),
  'admin:diagnostics-files': z.null(),
  'admin:diagnostics': z.null(),
  'admin:kiosk-lock': z.null(),
  'admin:leave-kiosk': z.strictObject({ how: z.enum(['quit', 'restart', 'shut-window']) }),
  'admin:retention': z.null(),
  'admin:notices': z.null(),
  'admin:assessment': z.null(),
} as const;

export const KEPT_KINDS = ['records', 'evidence', 'materials', 'face-return', 'requests', 'results'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** How long something is kept, as it is now. */
export interface RetentionClock {
  readonly kind: KeptKind;
  readonly count: number;
  readonly oldestAtMs: number | null;
  readonly nextEndAtMs: number | null;
}

/** One wording of a notice that visitors consent to. */
export interface NoticeVersion {
  readonly sceneId: string;
  readonly sceneName: string;
  readonly hash: string;
  /** First recorded with a certification; null: not yet shown to anybody who went on. */
  readonly sinceMs: number | null;
  readonly current: boolean;
  readonly records: number;
  /** The texts, while this version can still make them: current ones. */
  readonly texts: { readonly 'zh-CN': readonly string[]; readonly en: readonly string[] } | null;
}

export interface AdminSystemAnswers {
  'admin:terminal': TerminalState;
  'admin:set-maintenance': TerminalState;
  'admin:confirm-clock': TerminalState;
  'admin:self-test': SignedSelfTest;
  'admin:last-self-test': SignedSelfTest | null;
  'admin:versions': VersionState;
  'admin:diagnostics-files': readonly DiagnosticsFile[];
  'admin:diagnostics': { readonly name: string; readonly zip: Uint8Array };
  'admin:kiosk-lock': KioskLockState;
  'admin:leave-kiosk': null;
  'admin:retention': readonly RetentionClock[];
  'admin:notices': readonly NoticeVersion[];
  'admin:assessment': { readonly name: string; readonly text: string };
}
