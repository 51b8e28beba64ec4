import type { Failure } from '../reasons.ts';
import type { DeviceIdentity, ReaderTransport } from './reader-transport.ts';

/** What a reader says of itself and of the line. */
export interface ReaderIdentity {
  /** Id of the security module, `05.01-20130401-0000000042-0000000007`; null where a vendor's service hides it. */
  readonly samId: string | null;
  /** True for the simulated reader, whose id is reserved for it. */
  readonly simulated: boolean;
  /** The line speed that answered; null where there is none. */
  readonly baud?: number | null;
  /** Name and version that a vendor's service gave; null or absent elsewhere. */
  readonly service?: string | null;
}

/** Something that may be a reader: a port, a device on the bus, a service that listens. */
export interface ReaderCandidate {
  /** How it would be reached; a serial port with `baud: 'auto'`. */
  readonly transport: ReaderTransport;
  /** For people: the port or the device with its maker's words. */
  readonly label: string;
  readonly device: DeviceIdentity | null;
  /** Whether its USB ids are those of a known card reader; false says nothing against it. */
  readonly known: boolean;
}

/** A candidate that was asked: what answered, or why nothing did. */
export interface DetectedReader extends ReaderCandidate {
  readonly identity: ReaderIdentity | null;
  readonly failure: Failure | null;
  /**
   * False for what was listed but not asked: nothing speaks for a reader there, and a question could disturb another
   * device. It is asked when a person picks it. Absent means that it was asked.
   */
  readonly asked?: boolean;
}

/** The steps of a diagnosis in order: a failed one leaves those after it `unknown`. */
export const DIAGNOSIS_STEPS = [
  'found', // the port, device or service exists
  'opened', // it may be used, and nobody else uses it
  'answers', // something answers, at which speed
  'authorised', // the security module passes its self-test and is authorised
  'identified', // it has an id
  'photo-decoder', // portraits can be decoded
] as const;
export type DiagnosisStep = (typeof DIAGNOSIS_STEPS)[number];

export interface DiagnosisFinding {
  readonly step: DiagnosisStep;
  /** `warning`: cards can be read all the same. */
  readonly state: 'ok' | 'warning' | 'failed' | 'unknown';
  /** Why, when it is not ok; its code has the words and the next step. */
  readonly failure: Failure | null;
  /** What was seen, technical: speed, id, library. Never personal data. */
  readonly detail: string | null;
}

export interface ReaderDiagnosis {
  readonly transport: ReaderTransport | null;
  readonly findings: readonly DiagnosisFinding[];
}
