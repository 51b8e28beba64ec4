import { z } from 'zod';
import type { DocumentGuidance } from '../domain/document-reading.ts';
import { cardPhotoFrameSchema, type CardPhotoGuidance } from './card-photo.ts';
import { documentFrameSchema, documentPictureSchema } from './document-capture.ts';
import type { ChallengeProgress } from '../domain/challenge.ts';
import { kioskActionSchema } from './kiosk-action.ts';
import {
  cameraReportSchema,
  guideFrameSchema,
  evidenceFrameSchema,
  lightFrameSchema,
  lightDoneSchema,
  cameraFrameSchema,
  cameraAnswerSchema,
  challengeFrameSchema,
  challengeAudioSchema,
  challengeAbortedSchema,
  challengeClipSchema,
} from './kiosk-capture.ts';
import type { KioskView } from './kiosk-view.ts';
import type { Guidance } from './kiosk-guidance.ts';

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

/** What each channel answers with, within a `Result`. */
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
