import type { CertificationRequest, RequestInputs } from '../../shared/domain/certification-request.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** A request as it is kept. */
export interface KeptRequest extends CertificationRequest {
  /** SHA-256 of the scene and its scheme as they were, hex. */
  readonly schemeHash: string;
  readonly consent: { readonly capture: true; readonly transmit: boolean } | null;
}

export interface NewKeptRequest extends Omit<KeptRequest, 'state' | 'certifyId' | 'verdict'> {
  readonly tokenHash: string;
  readonly subjectKey: string | null;
}

/** The rows of requests: whatever is returned as changed is on the disk. */
export interface RequestRows {
  /** Gives the ids of earlier requests that this one replaces. Fails with `request.passed`. */
  issue(row: NewKeptRequest): Result<readonly string[], Failure>;
  find(requestId: string): Result<KeptRequest | null, Failure>;
  findByToken(tokenHash: string): Result<KeptRequest | null, Failure>;
  findByOrder(orderId: string, sceneId: string | null): Result<KeptRequest | null, Failure>;
  begin(
    requestId: string,
    begun: { certifyId: string; nowMs: number; schemeHash: string },
  ): Result<KeptRequest, Failure>;
  withdraw(requestId: string): Result<KeptRequest, Failure>;
  expire(nowMs: number): Result<readonly string[], Failure>;
  endInterrupted(): Result<readonly string[], Failure>;
  list(offset: number, limit: number): Result<{ total: number; rows: readonly KeptRequest[] }, Failure>;
}

/** What callers gave, encrypted until the request has ended. */
export interface RequestInputStore {
  keep(requestId: string, inputs: RequestInputs, destroyAtMs: number): Promise<Result<null, Failure>>;
  read(requestId: string): Result<RequestInputs | null, Failure>;
  destroy(requestId: string, why: 'ended' | 'erased' | 'not-kept'): Promise<Result<boolean, Failure>>;
  sweep(): Promise<Result<number, Failure>>;
}

/** A face in a picture, in the picture's pixels. */
export interface SeenFace {
  readonly width: number;
  readonly height: number;
}

/** Looks for faces in a picture file; the most prominent first. */
export type FindFaces = (picture: Uint8Array) => Promise<Result<readonly SeenFace[], Failure>>;

/** A scene with its scheme, as they are now. */
export type ResolveScene = (sceneId: string) => Result<{ readonly scene: Scene; readonly scheme: Scheme }, Failure>;
