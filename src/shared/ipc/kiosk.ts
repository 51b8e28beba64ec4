import { z } from 'zod';
import type { DocumentGuidance, DocumentHint, DocumentPage } from '../domain/document-reading.ts';
import type { ChipProgress } from '../domain/travel-document.ts';
import { cardPhotoFrameSchema, type CardPhotoGuidance, type CardPhotoPrompt } from './card-photo.ts';
import {
  documentConfirmedSchema,
  documentFrameSchema,
  documentPictureSchema,
  type ConfirmField,
  type ConfirmProblem,
} from './document-capture.ts';
import { cameraChallengeReportSchema, type CameraChallengePlan } from '../domain/camera-challenge.ts';
import { openedCameraSchema } from '../domain/camera-identity.ts';
import { MAX_RECORDED_CLIP_BYTES, recordedClipBytes, recordedClipSchema } from '../domain/clip.ts';
import type { ChallengeKind, ChallengeProgress, FramedChallenge, LightChallenge } from '../domain/challenge.ts';
import type { HandOffPage } from '../domain/certification.ts';
import { FALLBACK_METHODS, type FallbackMethod } from '../domain/scene.ts';
import type { KeptOfSubject, VerifierErasure } from '../domain/subject-erasure.ts';
import type { KioskStepPlan } from './kiosk-steps.ts';
import { QUALITY_REASONS } from '../domain/face-quality.ts';
import type { VerdictState, NextStep, ReasonCode } from '../reasons.ts';

/**
 * What stands before a simulated camera: a living person who is lit by the screen and does what is asked; a video of
 * one that no screen lights; a flat picture tinted by the screen; a live relay, a tint that comes too late; a print.
 */
export const PRESENTATIONS = ['live', 'replay', 'tint', 'relay', 'print'] as const;
export type Presentation = (typeof PRESENTATIONS)[number];

/** How the kiosk renderer gets its picture. `simulated` exists only where the application was started with --demo. */
export type CameraSource =
  | { readonly kind: 'device'; readonly deviceId: string | null }
  | {
      readonly kind: 'simulated';
      readonly url: string;
      readonly presentation: Presentation;
      readonly startSeconds: number;
    };

/** Which simulated person, presentation and card the demo strip shows as chosen. */
export interface DemoChoice {
  readonly person: 'a' | 'b';
  readonly presentation: Presentation;
  readonly card: 'a' | 'b' | null;
}

/** Hints while the person finds their place: what is wrong with the face, most important first, or nothing but to wait. */
export const POSITION_HINTS = [...QUALITY_REASONS, 'hold-still'] as const;
export type PositionHint = (typeof POSITION_HINTS)[number];

interface Base {
  /** Counts up with every change; a renderer ignores a view older than the one it shows. */
  readonly revision: number;
  readonly siteName: string;
  readonly sceneName: string;
  /** What the verification is for, in the words of the scene. */
  readonly language: 'zh-CN' | 'en';
  readonly elder: boolean;
  /** Null while no certification runs. */
  readonly certifyId: string | null;
  /** What the named steps are; absent where they are the usual ones, card and camera. */
  readonly steps?: KioskStepPlan;
  /** Seconds left before the screen is wiped; null while the person is active. */
  readonly idleSecondsLeft: number | null;
  readonly demo: DemoChoice | null;
  /** The picture source to keep warm; null when the camera has to be off (before consent, after the result). */
  readonly camera: CameraSource | null;
}

/** A clip of the running challenge is asked for. */
export interface ClipAsked {
  /** Whether main can encode what the page can't. */
  readonly mainEncodes: boolean;
}

/** The result as the public sees it: never a score, never a whole name or number. */
export interface ResultView {
  readonly state: VerdictState;
  readonly reason: ReasonCode;
  readonly next: NextStep;
  readonly nameMasked: string | null;
  /** Short form for the eye: eight characters of the receipt's hash, grouped. Null when nothing was recorded. */
  readonly receiptNumber: string | null;
  /** Text of the QR code: id and hash, nothing personal. */
  readonly receiptCode: string | null;
  readonly provisional: boolean;
  readonly clearsInSeconds: number;
  readonly mayRetry: boolean;
  /** Whether name and number may be typed in instead of what failed; absent where they may not. */
  readonly mayType?: boolean;
  /** Whether photographing the card can help where the authority's photo could not be used; absent where not. */
  readonly mayUseCard?: boolean;
  /** Whether there are other ways than the clerk; absent where not. */
  readonly hasOtherWays?: boolean;
}

/** What leaves the device, each part with consent of its own. */
export interface ConsentScope {
  /** What is sent to the verifier beside the record, with consent to that; absent where nothing is. */
  readonly sends?: 'identity' | 'face' | 'video';
  /** Whom it is sent to, by name; absent where nobody is set up. */
  readonly recipient?: string;
  /** The face picture goes to the customer's own store, with a consent of its own; absent where not. */
  readonly returnsFace?: boolean;
}

/** Everything that the kiosk window shows, decided by the main process. */
export type KioskView = Base &
  (
    | {
        readonly screen: 'attract';
        /** Whether consent can be withdrawn here; absent where no card can be read. */
        readonly mayWithdraw?: boolean;
        /** A caller's request waits for this visitor; absent where none does. */
        readonly expected?: { readonly orderId: string; readonly nameMasked: string | null };
      }
    | { readonly screen: 'guide' }
    | ({
        readonly screen: 'consent';
        readonly purpose: string;
        /** How whoever processes can be reached; absent: by the staff of this counter. */
        readonly contact?: string;
        readonly retentionDays: number;
        /** Whether the scene keeps pictures beside some records; absent where it keeps none. */
        readonly keepsPictures?: boolean;
        /** Whether a video is among them; absent where there is none. */
        readonly keepsClip?: boolean;
        readonly legalBasis?: 'consent' | 'contract' | 'legal-duty';
        /** The scheme looks at no face; absent where it does. */
        readonly withoutFace?: boolean;
      } & ConsentScope)
    /** A child's card was read: the guardian's own is waited for. */
    | {
        readonly screen: 'guardian-card';
        readonly phase: 'searching' | 'found' | 'reading';
        readonly problem: ReasonCode | null;
      }
    | ({
        readonly screen: 'guardian-consent';
        readonly nameMasked: string;
        readonly childMasked: string | null;
        /** The scheme looks at no face; absent where it does. */
        readonly withoutFace?: boolean;
      } & ConsentScope)
    /** The phone number or the number of the bank card is typed in; nothing of it is ever sent back to the page. */
    | { readonly screen: 'element-entry'; readonly asks: 'phone' | 'bankCard' }
    /** Which other way to take; the clerk is always one and is not listed. */
    | { readonly screen: 'methods'; readonly methods: readonly FallbackMethod[]; readonly mayGoBack: boolean }
    /** A code to scan with one's own phone; null while the page is being opened. */
    | {
        readonly screen: 'hand-off';
        readonly url: string | null;
        readonly page: HandOffPage | null;
        readonly opened: boolean;
        readonly secondsLeft: number | null;
      }
    /** Everything is taken and kept; the verifier is asked. */
    | {
        readonly screen: 'awaiting';
        readonly nameMasked: string | null;
        /** As on the result; absent or null where nothing was recorded. */
        readonly receiptNumber?: string | null;
        readonly receiptCode?: string | null;
      }
    | {
        readonly screen: 'withdrawal-card';
        readonly phase: 'searching' | 'found' | 'reading';
        readonly problem: ReasonCode | null;
      }
    | { readonly screen: 'withdrawal-review'; readonly kept: KeptOfSubject }
    | { readonly screen: 'withdrawal-erasing' }
    | {
        readonly screen: 'withdrawal-done';
        readonly outcome:
          | {
              readonly kind: 'erased';
              readonly receiptNumber: string;
              readonly receiptCode: string;
              readonly erased: { readonly pictures: number; readonly waiting: number; readonly requests: number };
              readonly remaining: { readonly records: number; readonly untilMs: number | null };
              readonly verifier: VerifierErasure;
            }
          | { readonly kind: 'nothing-kept' }
          | { readonly kind: 'failed'; readonly reason: ReasonCode };
        readonly clearsInSeconds: number;
      }
    | {
        readonly screen: 'card';
        readonly phase: 'searching' | 'found' | 'reading';
        /** Why the last try did not read the card; the person can try again. */
        readonly problem: ReasonCode | null;
        /** Whether name and number may be typed in instead; absent where they may not. */
        readonly mayType?: boolean;
        /** Whether the card's sides may be photographed instead; absent where they may not. */
        readonly mayPhotograph?: boolean;
        /** Whether a passport may be used instead; absent where it may not. */
        readonly mayUseTravelDocument?: boolean;
      }
    /** A document lies before the camera. */
    | {
        readonly screen: 'document-capture';
        readonly page: DocumentPage;
        /** Which picture this is, from 1, of how many. */
        readonly part: number;
        readonly parts: number;
        /** Where the document is looked at; null: with the camera of the face. */
        readonly documentCamera: CameraSource | null;
        readonly hint: DocumentHint | null;
        /** A picture is being read. */
        readonly reading: boolean;
        /** Why the last picture was not used. */
        readonly problem: ReasonCode | null;
        /** A travel document's lower edge may be drawn through a reader instead. */
        readonly maySwipe: boolean;
        /** Whether the card's chip may be read instead; absent where the pictures are asked for. */
        readonly mayUseCard?: boolean;
      }
    /** What was read, for the person to look at and to put right. It is their own card, and it goes when they go on. */
    | {
        readonly screen: 'document-confirm';
        readonly fields: readonly ConfirmField[];
        readonly problem: ConfirmProblem | null;
      }
    /** The chip of a travel document is read. */
    | {
        readonly screen: 'travel-chip';
        readonly progress: ChipProgress;
        /** Why the last try did not read the chip; the person can try again. */
        readonly problem: ReasonCode | null;
      }
    /** Name and number are typed in; nothing of them is ever sent back to the page. */
    | {
        readonly screen: 'identity-entry';
        /** Local calendar day, `YYYY-MM-DD`, for looking at the number while it is typed. */
        readonly today: string;
      }
    | {
        readonly screen: 'card-photo';
        readonly hint: CardPhotoPrompt | null;
      }
    | {
        readonly screen: 'position';
        readonly hint: PositionHint | null;
        readonly nameMasked: string | null;
        /** What comes next, so that the screen can say it and warn of flashing. */
        readonly next: ChallengeKind;
        /** Why another check than usual follows; null when nothing has changed. */
        readonly notice: ReasonCode | null;
        /** Whether the person may ask for a check that doesn't flash. */
        readonly mayAvoidFlashing: boolean;
        /** A change of exposure that the page carries out meanwhile; absent when there is none to do. */
        readonly cameraChallenge?: CameraChallengePlan;
      }
    | {
        readonly screen: 'light';
        readonly challenge: LightChallenge;
        /** Absent where no clip is asked for. */
        readonly clip?: ClipAsked;
      }
    /** A framed challenge; what to do comes with the answers to its frames. */
    | {
        readonly screen: 'challenge';
        readonly kind: FramedChallenge['kind'];
        readonly nonce: string;
        readonly notice: ReasonCode | null;
        readonly clip?: ClipAsked;
      }
    | { readonly screen: 'deciding' }
    | { readonly screen: 'result'; readonly result: ResultView }
    | { readonly screen: 'other-method'; readonly receiptNumber: string | null }
    | { readonly screen: 'maintenance'; readonly reason: ReasonCode }
  );

const frameBytes = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= 100_000, {
  message: 'a frame is 1..100,000 bytes',
});
const timeMs = z.number().finite().nonnegative();
/** Where a face is, relative to the frame: 0..1, a face at the edge may reach over it. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the person or the renderer may ask for. Nothing here can carry a verdict. */
export const kioskActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('continue') }),
  z.strictObject({
    type: z.literal('consent'),
    capture: z.boolean(),
    transmit: z.boolean(),
    /** Whether the face picture may go to the customer's own store; absent where that is not asked. */
    returnFace: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('guardian-agrees'),
    capture: z.boolean(),
    transmit: z.boolean(),
    returnFace: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('choose-method'), method: z.enum(FALLBACK_METHODS) }),
  z.strictObject({ type: z.literal('choose-clerk') }),
  z.strictObject({ type: z.literal('keep-going') }),
  /** The phone number or the number of the bank card, as typed. */
  z.strictObject({ type: z.literal('submit-element'), value: z.string().max(40) }),
  /** After a result: photograph the card, because the authority's photo could not be used. */
  z.strictObject({ type: z.literal('continue-with-card') }),
  z.strictObject({ type: z.literal('withdraw') }),
  z.strictObject({ type: z.literal('confirm-withdrawal') }),
  z.strictObject({ type: z.literal('refuse-consent') }),
  z.strictObject({ type: z.literal('other-method') }),
  z.strictObject({ type: z.literal('avoid-flashing') }),
  z.strictObject({ type: z.literal('cancel') }),
  /** `typing`: name and number will be typed in, where the scene allows it. */
  z.strictObject({ type: z.literal('retry'), typing: z.boolean().optional() }),
  z.strictObject({ type: z.literal('type-identity') }),
  z.strictObject({ type: z.literal('use-card') }),
  z.strictObject({ type: z.literal('submit-identity'), name: z.string().max(200), number: z.string().max(40) }),
  z.strictObject({ type: z.literal('skip-card-photo') }),
  /** The card's two sides are photographed instead of reading its chip, where the scene allows it. */
  z.strictObject({ type: z.literal('photograph-card') }),
  z.strictObject({ type: z.literal('use-travel-document') }),
  /** Take all pictures of the document again. */
  z.strictObject({ type: z.literal('retake-document') }),
  documentConfirmedSchema,
  /** Go on without the chip of a travel document; a clerk decides then. */
  z.strictObject({ type: z.literal('skip-chip') }),
  z.strictObject({ type: z.literal('done') }),
  z.strictObject({ type: z.literal('still-here') }),
  z.strictObject({ type: z.literal('set-language'), language: z.enum(['zh-CN', 'en']) }),
  z.strictObject({ type: z.literal('set-elder'), elder: z.boolean() }),
  z.strictObject({ type: z.literal('open-admin') }),
  z.strictObject({
    type: z.literal('demo-choose'),
    person: z.enum(['a', 'b']),
    presentation: z.enum(PRESENTATIONS),
    card: z.enum(['a', 'b']).nullable(),
  }),
]);
export type KioskAction = z.infer<typeof kioskActionSchema>;

export const cameraReportSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    label: z.string().max(200),
    width: z.int().positive().max(10_000),
    height: z.int().positive().max(10_000),
    opened: openedCameraSchema,
    screen: z.strictObject({ width: z.int().positive().max(32_768), height: z.int().positive().max(32_768) }),
  }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.enum([
      'camera.missing',
      'camera.denied',
      'camera.in-use',
      'camera.lost',
      'camera.frozen',
      'camera.too-slow',
      'camera.virtual',
    ]),
  }),
]);
export type CameraReport = z.infer<typeof cameraReportSchema>;

export const guideFrameSchema = z.strictObject({ certifyId: z.string(), jpeg: frameBytes, capturedAtMs: timeMs });
export const evidenceFrameSchema = z.strictObject({
  certifyId: z.string(),
  jpeg: frameBytes,
  capturedAtMs: timeMs,
  phase: z.enum(['neutral', 'light']),
});
export const lightFrameSchema = z.strictObject({
  certifyId: z.string(),
  /** Raw RGB, `width × height × 3` bytes. */
  rgb: frameBytes,
  width: z.int().min(8).max(160),
  height: z.int().min(8).max(160),
  /** The face inside the crop, in crop pixels. */
  face: z.strictObject({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() }),
  capturedAtMs: timeMs,
});
export const lightDoneSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('played'),
    certifyId: z.string(),
    nonce: z.string(),
    display: z.array(z.strictObject({ index: z.int().nonnegative(), shownAtMs: timeMs })).max(40),
  }),
  z.strictObject({
    outcome: z.literal('aborted'),
    certifyId: z.string(),
    nonce: z.string(),
    code: z.enum(['capture.face-left', 'capture.several-faces', 'camera.lost', 'camera.too-slow', 'camera.frozen']),
  }),
]);

/** A picture of the face for a challenge that is judged while it runs, and where the face is in it, relative. */
export const challengeFrameSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  jpeg: frameBytes,
  face: z.strictObject({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() }),
  capturedAtMs: timeMs,
});
/** Sound of a digits challenge: 16-bit little-endian samples, one channel, 16 kHz, without gaps. */
export const challengeAudioSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  pcm: frameBytes,
  /** When the first sample was recorded, on the clock of the frames. */
  startedAtMs: timeMs,
});
/** A small raw picture of a running camera challenge. */
export const cameraFrameSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  rgb: frameBytes,
  width: z.int().min(1).max(64),
  height: z.int().min(1).max(64),
  capturedAtMs: timeMs,
});
export const cameraAnswerSchema = z.strictObject({ certifyId: z.string(), report: cameraChallengeReportSchema });
export const challengeAbortedSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  code: z.enum([
    'capture.face-left',
    'capture.several-faces',
    'camera.lost',
    'camera.too-slow',
    'camera.frozen',
    'microphone.missing',
    'microphone.denied',
  ]),
});

/** The clip of a challenge, after it; null when none could be made of it. */
export const challengeClipSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  clip: recordedClipSchema
    .nullable()
    .refine((clip) => clip === null || recordedClipBytes(clip) <= MAX_RECORDED_CLIP_BYTES, {
      message: `a recorded clip is up to ${MAX_RECORDED_CLIP_BYTES} bytes`,
    }),
});

/** The answer to a guidance frame, for drawing only. */
export interface Guidance {
  readonly box: FaceBox | null;
  readonly hint: PositionHint | null;
  /** 0..1: how long a good position has been held, towards the start of the challenge. */
  readonly progress: number;
}

/** Channels that the kiosk window may invoke: request schema by channel. Answers are `Result` values. */
export const KIOSK_CHANNELS = {
  'kiosk:view': z.null(),
  'kiosk:act': kioskActionSchema,
  'kiosk:camera': cameraReportSchema,
  'kiosk:card-photo-frame': cardPhotoFrameSchema,
  'kiosk:document-frame': documentFrameSchema,
  'kiosk:document-picture': documentPictureSchema,
  'kiosk:guide': guideFrameSchema,
  'kiosk:evidence': evidenceFrameSchema,
  'kiosk:light-frame': lightFrameSchema,
  'kiosk:light-done': lightDoneSchema,
  'kiosk:camera-frame': cameraFrameSchema,
  'kiosk:camera-answer': cameraAnswerSchema,
  'kiosk:challenge-frame': challengeFrameSchema,
  'kiosk:challenge-audio': challengeAudioSchema,
  'kiosk:challenge-aborted': challengeAbortedSchema,
  'kiosk:clip': challengeClipSchema,
  'kiosk:heartbeat': z.strictObject({ screen: z.string().max(20) }),
} as const;

export interface KioskAnswers {
  'kiosk:view': KioskView;
  'kiosk:act': null;
  'kiosk:camera': null;
  'kiosk:card-photo-frame': CardPhotoGuidance;
  'kiosk:document-frame': DocumentGuidance;
  'kiosk:document-picture': null;
  'kiosk:guide': Guidance;
  'kiosk:evidence': null;
  'kiosk:light-frame': null;
  'kiosk:light-done': null;
  'kiosk:camera-frame': null;
  'kiosk:camera-answer': null;
  'kiosk:challenge-frame': ChallengeProgress;
  'kiosk:challenge-audio': null;
  'kiosk:challenge-aborted': null;
  'kiosk:clip': null;
  'kiosk:heartbeat': null;
}
export type KioskChannel = keyof typeof KIOSK_CHANNELS;

/** The event by which the main process pushes a new view. */
export const KIOSK_VIEW_EVENT = 'kiosk:view-changed';
