import type { CertificationResult } from '../../../src/shared/domain/certification-result.ts';
import type { NewRequest, RequestInputs } from '../../../src/shared/domain/certification-request.ts';
import type { OfflinePolicy } from '../../../src/shared/domain/scene.ts';
import type { Input, Scheme } from '../../../src/shared/domain/scheme.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import { mp4Box } from '../sample-mp4.ts';
import { SAMPLE_PERSON } from './scene-before-camera.ts';
import { pictureOfSize } from './scripted-workers.ts';
import { signInAsAdministrator } from '../staff-sign-in.ts';
import { unwrap, type Terminal } from './terminal.ts';
import { visit, type Visit, type VisitorPlan } from './visitor.ts';

/** What became of one certification: its result, or why there was none. */
export type Certified =
  | { readonly kind: 'result'; readonly result: CertificationResult; readonly visit: Visit | null }
  | { readonly kind: 'refused'; readonly failure: Failure };

export interface CertifyOptions {
  readonly offlinePolicy?: OfflinePolicy;
  readonly visitor?: Partial<VisitorPlan>;
  readonly inputs?: Partial<RequestInputs>;
}

/** A debit card number that nobody has; its check digit fits (ISO/IEC 7812-1). */
export const SAMPLE_BANK_CARD = '6222020200112233446';
export const SAMPLE_PHONE = '13800138000';
const VISITOR: VisitorPlan = {
  transmit: true,
  typed: { name: SAMPLE_PERSON.name, number: SAMPLE_PERSON.number },
  phone: SAMPLE_PHONE,
  bankCard: SAMPLE_BANK_CARD,
};

let orders = 0;

/** Certifies by a scheme on a terminal, the way its actor does: at the kiosk, or as a caller alone. */
export async function certifyBy(terminal: Terminal, scheme: Scheme, options: CertifyOptions = {}): Promise<Certified> {
  const { application } = terminal;
  const { adminHandlers: admin, service } = application;
  await signInAsAdministrator(admin);
  terminal.setScene({
    scheme: scheme.id,
    offlinePolicy: options.offlinePolicy ?? 'local_decide',
    attempts: { perVisit: 5, perPersonDay: null },
  });
  const records: string[] = [];
  service.onRecord(({ certifyId }) => records.push(certifyId));
  const inputs = { ...(await inputsOf(scheme)), ...options.inputs };
  if (scheme.actor === 'caller' || Object.keys(inputs).length > 0) {
    const made = await admin['admin:make-request'](requestWith(scheme, inputs));
    if (!made.ok) return { kind: 'refused', failure: made.error };
    const { requestId } = made.value.request;
    if (scheme.actor === 'caller') {
      const ran = await admin['admin:run-request']({ requestId });
      return ran.ok ? { kind: 'result', result: ran.value, visit: null } : { kind: 'refused', failure: ran.error };
    }
    unwrap(await admin['admin:call-request']({ requestId }));
  }
  const seen = await visit(service, { ...VISITOR, ...options.visitor });
  if (!seen.begun.ok) return { kind: 'refused', failure: seen.begun.error };
  const certifyId = records.at(-1);
  if (certifyId === undefined) throw new Error(`no record after ${seen.screens.join(' → ')}`);
  await signInAsAdministrator(admin);
  const result = unwrap(await admin['admin:request-result']({ certifyId }));
  service.act({ type: 'done' });
  return { kind: 'result', result, visit: seen };
}

function requestWith(scheme: Scheme, inputs: RequestInputs): NewRequest {
  orders += 1;
  const consent = scheme.actor === 'caller' ? { consent: { capture: true, transmit: true } as const } : {};
  return { sceneId: 'counter', orderId: `order-${orders}`, inputs, ...consent };
}

/** Whatever a caller has to give for a scheme. */
export async function inputsOf(scheme: Scheme): Promise<RequestInputs> {
  const picture = { bytes: await pictureOfSize(720, 960), format: 'jpeg', width: 720, height: 960 } as const;
  const clip = {
    bytes: new Uint8Array(Buffer.concat([mp4Box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1')), mp4Box('moov')])),
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 480,
    height: 640,
    durationMs: 3_000,
    challenge: { kind: 'silent' },
  } as const;
  const all: Required<RequestInputs> = {
    name: SAMPLE_PERSON.name,
    number: SAMPLE_PERSON.number,
    validity: { from: '2020-01-01', to: '2040-01-01' },
    phone: SAMPLE_PHONE,
    bankCard: SAMPLE_BANK_CARD,
    face: picture,
    clip,
    reference: { ...picture, bytes: await pictureOfSize(480, 640), width: 480, height: 640 },
    cardFront: picture,
    cardBack: picture,
    bankCardPicture: picture,
  };
  const required = Object.entries(scheme.inputs).filter(([, need]) => need === 'required');
  return Object.fromEntries(required.map(([input]) => [input, all[input as Input]]));
}
