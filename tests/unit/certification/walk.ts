import type { CertificationRequest, RequestInputs } from '../../../src/shared/domain/certification-request.ts';
import type { DocumentReading } from '../../../src/shared/domain/document-reading.ts';
import { maskName } from '../../../src/shared/domain/masking.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import type { CheckOutcome } from '../../../src/shared/domain/verification.ts';
import type { NewCheck } from '../../../src/shared/protocol/check-delivery.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { AskedConfirmation } from '../../../src/main/certification/ports/verifier.ts';
import type { CommittedWith } from '../../../src/main/certification/ports/record-store.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import { back, front, CARD_NUMBER } from './document-samples.ts';
import { sampleActions, sampleChallenge, sampleCommitted, sampleDocument } from './samples.ts';
import { jpeg, judgement, kiosk, notOffered, ready, settled, type Changes } from './service-host.ts';

const CHECK: NewCheck = {
  sessionId: '01890a5d-ac96-774b-bcce-b302099a8099',
  check: 'identity',
  orderId: 'o'.repeat(32),
  bytes: 9,
};
const REQUEST_ID = '01890a5d-ac96-774b-bcce-b302099a8077';
const picture = { bytes: new Uint8Array([7]), format: 'jpeg', width: 10, height: 10 } as const;

/** The person whom all these sources agree about, so that each scheme finds the one whom it expects. */
export const PERSON = { name: '样本人', number: CARD_NUMBER } as const;
export const personsCard = {
  ...sampleDocument,
  fields: { ...sampleDocument.fields, ...PERSON, sex: 'male' as const },
};

export function outcome(reason: CheckOutcome['reason'], state: CheckOutcome['state']): CheckOutcome {
  return { state, reason, retry: 'none', retryAfterMs: null, basis: 'authority', scores: [], vendor: null };
}

/** What the scheme needs of a caller. */
export function inputsFor(scheme: Scheme): RequestInputs {
  return {
    ...(scheme.inputs.name === 'required' ? { name: PERSON.name } : {}),
    ...(scheme.inputs.number === 'required' ? { number: PERSON.number } : {}),
    ...(scheme.inputs.reference === 'required' ? { reference: picture } : {}),
  };
}

export interface WalkChanges extends Changes {
  readonly scene?: Partial<Scene>;
  readonly inputs?: RequestInputs;
  /** The scene as it is set at a moment; the one of the beginning where absent. */
  readonly sceneNow?: () => Scene;
  /** What the phone's page says in the end. */
  readonly phone?: CheckOutcome;
}

/** A kiosk with this scheme at its scene, and a caller's request where the scheme needs one. */
export function kioskFor(scheme: Scheme, changes: WalkChanges = {}) {
  const scene: Scene = { ...DEFAULT_SCENE, scheme: scheme.id, ...changes.scene };
  const inputs = changes.inputs ?? inputsFor(scheme);
  const needsRequest = Object.keys(inputs).length > 0;
  const called: CertificationRequest = {
    requestId: REQUEST_ID,
    sceneId: scene.id,
    scheme: scheme.id,
    orderId: 'order-1',
    state: 'waiting',
    inputs: Object.keys(inputs),
    createdAtMs: 0,
    expiresAtMs: 1,
    certifyId: null,
    ...(inputs.name === undefined ? {} : { nameMasked: maskName(inputs.name) }),
  };
  let waiting: CertificationRequest | null = needsRequest ? called : null;
  const committed: { record: CertificationRecord; also: CommittedWith }[] = [];
  const questions: AskedConfirmation[] = [];
  const closed: string[] = [];
  const readings: DocumentReading[] = [front(), back()];
  const host = kiosk({
    read: ok(personsCard),
    challenge: scheme.liveness === 'scene' || scheme.liveness[0] === 'light' ? sampleChallenge : sampleActions,
    ...changes,
    configuration: {
      get scene() {
        return changes.sceneNow?.() ?? scene;
      },
      findScene: (id) => (id === scene.id ? scene : undefined),
      findScheme: (id) => (id === scheme.id ? scheme : undefined),
      digits: () => ({ use: 'alone', limit: null, why: null }),
      recipient: 'Verifier',
      ...changes.configuration,
    },
    inference: {
      judge: async () => ok(judgement('live')),
      challengeFrame: async () =>
        ok({ kind: 'action', action: null, index: 1, count: 1, done: 1, hint: null, ended: true }),
      ...changes.inference,
    },
    documents: { read: async () => ok(readings.shift() ?? back()), ...changes.documents },
    confirmation: {
      prepare: async (asked) => {
        questions.push(asked);
        return ok({ ...CHECK, check: asked.check });
      },
      ...changes.confirmation,
    },
    commit:
      changes.commit ??
      ((record, also = {}) => {
        committed.push({ record, also });
        return ok({
          ...sampleCommitted,
          receipt: {
            ...sampleCommitted.receipt,
            body: { ...sampleCommitted.receipt.body, certifyId: record.certifyId },
          },
        });
      }),
    requests: {
      called: () => waiting,
      begin: (requestId) => {
        if (waiting?.requestId !== requestId) return err(failure('request.used'));
        waiting = null;
        return ok({ requestId, orderId: 'order-1', inputs });
      },
      ...changes.requests,
    },
    handOffs: {
      refusal: () => null,
      open: async () =>
        ok({
          handOffId: 'h1',
          page: 'countersign',
          url: 'https://v.example/h/1',
          expiresAtMs: 1_700_000_000_000 + 600_000,
        }),
      look: async () => ok(changes.phone ? { state: 'ended', outcome: changes.phone } : { state: 'waiting' }),
      close: async ({ handOffId }) => void closed.push(handOffId),
      ...changes.handOffs,
    },
  });
  return { ...host, committed, questions, closed };
}

export type SchemeKiosk = ReturnType<typeof kioskFor>;

/** What a person does at this screen; a second look at the same screen finds them still there. */
async function doWhatIsAsked({ service, time }: SchemeKiosk, view: KioskView): Promise<void> {
  const certifyId = view.certifyId ?? '';
  switch (view.screen) {
    case 'attract':
      service.act({ type: 'start' });
      break;
    case 'guide':
      service.act({ type: 'continue' });
      break;
    case 'consent':
      service.act({ type: 'consent', capture: true, transmit: true });
      break;
    case 'identity-entry':
      service.act({ type: 'submit-identity', ...PERSON });
      break;
    case 'element-entry':
      service.act({
        type: 'submit-element',
        value: view.asks === 'phone' ? '138 0000 0000' : '6222 0200 0000 0000 000',
      });
      break;
    case 'document-capture':
      await service.documentPicture(certifyId, jpeg);
      break;
    case 'position':
      await stand({ service, time }, certifyId);
      break;
    case 'light':
      await time.pass(700);
      service.lightPlayed(certifyId, view.challenge.nonce, []);
      break;
    case 'challenge': {
      const face = { x: 0, y: 0, width: 1, height: 1 };
      await service.challengeFrame(certifyId, view.nonce, { jpeg, face, capturedAtMs: 9 });
      break;
    }
    case 'hand-off':
      await time.pass(1_600);
      break;
    default:
      break;
  }
  await settled();
  await settled();
}

async function stand({ service, time }: Pick<SchemeKiosk, 'service' | 'time'>, certifyId: string): Promise<void> {
  service.reportCamera(ready('camera'));
  await settled();
  service.cameraAnswered(certifyId, notOffered);
  for (let frame = 0; frame < 3; frame += 1) {
    await service.addEvidence({ certifyId, jpeg, capturedAtMs: frame, phase: 'neutral' });
  }
  await service.guide({ certifyId, jpeg, capturedAtMs: 1 });
  await time.pass(600);
  await service.guide({ certifyId, jpeg, capturedAtMs: 2 });
}

const ENDS = new Set<KioskView['screen']>(['result', 'awaiting', 'other-method', 'maintenance']);

/** Goes on until the certification has ended, or until `until` is on screen; gives every screen on the way. */
export async function walk(host: SchemeKiosk, until?: KioskView['screen']): Promise<readonly string[]> {
  const screens: string[] = [];
  for (let step = 0; step < 25; step += 1) {
    const view = host.service.view();
    if (screens.at(-1) !== view.screen) screens.push(view.screen);
    if (view.screen === until || ENDS.has(view.screen)) return screens;
    await doWhatIsAsked(host, view);
  }
  throw new Error(`no end in sight: ${screens.join(', ')}`);
}
