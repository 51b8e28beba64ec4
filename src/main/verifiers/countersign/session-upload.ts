import { SESSION_LIMITS, type ArtifactName, type SessionAnswer } from '../../../shared/protocol/kv1-sessions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { AnswerProblem } from './answer-rules.ts';
import type { SessionCalls, SessionTerms } from './session-calls.ts';
import type { SessionQuestion } from './session-question.ts';
import { malformed } from './signed-calls.ts';

export interface UploadParts {
  readonly calls: SessionCalls;
  readonly terms: SessionTerms;
  readonly question: SessionQuestion;
  /** Bytes of all artifacts that the verifier has, and of all. */
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
}

/**
 * Sends what the verifier doesn't have yet, each artifact from the byte on that it says it has. What is small enough
 * goes at once. The next piece follows only when the one before was taken.
 */
export async function uploadArtifacts(
  parts: UploadParts,
  session: SessionAnswer,
): Promise<Result<null, AnswerProblem>> {
  const { request } = parts.question;
  const totalBytes = request.artifacts.reduce((sum, { bytes }) => sum + bytes, 0);
  const received = new Map(request.artifacts.map(({ name }) => [name, receivedOf(session, name)]));
  const report = (): void =>
    parts.onSent(
      [...received.values()].reduce((sum, bytes) => sum + bytes, 0),
      totalBytes,
    );
  report();
  for (const { name, bytes } of request.artifacts) {
    const content = parts.question.contents[name];
    let from = received.get(name) ?? 0;
    if (content === undefined || from > bytes) return err(malformed(`${name}: more has arrived than there is`));
    while (from < bytes) {
      const piece = content.subarray(from, from + SESSION_LIMITS.pieceBytes);
      const sent = await sendPiece(parts, name, from, piece, piece.length === bytes);
      if (!sent.ok) return sent;
      from += piece.length;
      received.set(name, from);
      report();
    }
  }
  return ok(null);
}

function sendPiece(
  { calls, terms }: UploadParts,
  name: ArtifactName,
  offset: number,
  piece: Uint8Array,
  isWhole: boolean,
): Promise<Result<null, AnswerProblem>> {
  return isWhole ? calls.put(terms, name, piece) : calls.append(terms, name, offset, piece);
}

function receivedOf(session: SessionAnswer, name: ArtifactName): number {
  return session.artifacts.find((artifact) => artifact.name === name)?.received ?? 0;
}
