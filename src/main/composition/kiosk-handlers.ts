import type { KIOSK_CHANNELS, KioskAnswers, KioskChannel } from '../../shared/ipc/kiosk.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { z } from 'zod';
import type { CertificationService } from '../certification/service-contract.ts';
import type { DemoHand } from './demo-hand.ts';
import type { StaffCalls } from './staff-calls.ts';

export type KioskHandlers = {
  readonly [C in KioskChannel]: (
    request: z.output<(typeof KIOSK_CHANNELS)[C]>,
  ) => Result<KioskAnswers[C], Failure> | Promise<Result<KioskAnswers[C], Failure>>;
};

export interface KioskParts {
  readonly service: CertificationService;
  readonly demo: DemoHand | null;
  readonly openAdmin: () => void;
  readonly openClerk: () => void;
  readonly staffCalls: Pick<StaffCalls, 'call'>;
  readonly onHeartbeat: () => void;
}

/** What the kiosk window may ask. Nothing that it says can carry a verdict. */
export function createKioskHandlers(parts: KioskParts): KioskHandlers {
  const { service, demo, onHeartbeat } = parts;
  return {
    'kiosk:view': () => ok(service.view()),
    'kiosk:act': (action) => {
      if (action.type === 'open-admin') {
        parts.openAdmin();
        return ok(null);
      }
      if (action.type === 'open-clerk') {
        parts.openClerk();
        return ok(null);
      }
      if (action.type === 'call-staff') {
        const called = parts.staffCalls.call(service.view());
        return called.ok ? ok(null) : called;
      }
      if (action.type === 'demo-choose') {
        demo?.choose({ person: action.person, presentation: action.presentation, card: action.card });
        return ok(null);
      }
      return service.act(action);
    },
    'kiosk:camera': (report) => {
      service.reportCamera(report);
      return ok(null);
    },
    'kiosk:card-photo-frame': ({ certifyId, ...frame }) => service.cardPhotoFrame(certifyId, frame),
    'kiosk:document-frame': ({ certifyId, ...frame }) => service.documentFrame(certifyId, frame),
    'kiosk:document-picture': ({ certifyId, jpeg }) => service.documentPicture(certifyId, jpeg),
    'kiosk:guide': (frame) => service.guide(frame),
    'kiosk:evidence': (frame) => service.addEvidence(frame),
    'kiosk:light-frame': ({ certifyId, ...frame }) => service.addLightFrame(certifyId, frame),
    'kiosk:light-done': (done) => {
      if (done.outcome === 'played') service.lightPlayed(done.certifyId, done.nonce, done.display);
      else service.challengeAborted(done.certifyId, done.nonce, done.code);
      return ok(null);
    },
    'kiosk:camera-frame': ({ certifyId, nonce, ...frame }) => {
      service.cameraFrame(certifyId, nonce, frame);
      return ok(null);
    },
    'kiosk:camera-answer': ({ certifyId, report }) => {
      service.cameraAnswered(certifyId, report);
      return ok(null);
    },
    'kiosk:challenge-frame': ({ certifyId, nonce, ...frame }) => service.challengeFrame(certifyId, nonce, frame),
    'kiosk:challenge-audio': ({ certifyId, nonce, ...sound }) => service.challengeAudio(certifyId, nonce, sound),
    'kiosk:challenge-aborted': ({ certifyId, nonce, code }) => {
      service.challengeAborted(certifyId, nonce, code);
      return ok(null);
    },
    'kiosk:clip': ({ certifyId, nonce, clip }) => service.takeClip(certifyId, nonce, clip),
    'kiosk:heartbeat': () => {
      onHeartbeat();
      return ok(null);
    },
  };
}
