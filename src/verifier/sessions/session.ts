import type { Artifact, SESSION_STATES, SessionRequest, SignedDecision } from '../../shared/protocol/kv1-sessions.ts';

export type SessionState = (typeof SESSION_STATES)[number];

/** One question of one certification, as the verifier keeps it. Nothing in it tells who the person is. */
export interface Session {
  readonly deviceId: string;
  readonly request: SessionRequest;
  readonly state: SessionState;
  /** Until then it has to be submitted. */
  readonly expiresAtMs: number;
  /** When it was submitted, or last let be asked again. */
  readonly submittedAtMs: number | null;
  /** A clerk let it be asked again after its outcome stayed unknown. */
  readonly askedAgain: boolean;
  /** The newest decision. */
  readonly decision: SignedDecision | null;
  readonly policyVersion: number;
  /** When keys, pictures and identity were destroyed; null while they are there. */
  readonly erasedAtMs: number | null;
  readonly secrets: SessionSecrets;
}

/** Keys and identity of a session, encrypted. */
export interface SessionSecrets {
  /** Wrapped by the master key; null once destroyed. */
  readonly wrappedKeys: Buffer | null;
  /** What the device sealed, under the identity key; null where there is none. */
  readonly identity: Buffer | null;
  /** Fields that were read from a card, under the identity key. */
  readonly fields: Buffer | null;
}

/** One piece of an artifact in the object store. */
export interface UploadPiece {
  readonly objectKey: string;
  readonly offset: number;
  /** Of its plain content. */
  readonly bytes: number;
}

export interface Upload {
  readonly artifact: Artifact;
  /** How much of it has arrived. */
  readonly received: number;
  /** In order; empty once the whole is one object. */
  readonly pieces: readonly UploadPiece[];
  /** The whole, which has the announced SHA-256; null before that and after erasure. */
  readonly objectKey: string | null;
}
