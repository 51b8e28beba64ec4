import { recordedSessionSchema, type RecordedSession } from '../../shared/domain/challenge.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** The folder of one recorded session; names are relative to it. */
export interface SessionFolder {
  /** Null when the file isn't there or can't be read. */
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, bytes: Uint8Array): Promise<void>;
}

export const SESSION_FILE = 'session.json';

function parseJson(bytes: Uint8Array): Result<unknown, Failure> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return err(failure('request.invalid', `${SESSION_FILE} is not JSON`));
  }
}

/** Reads and checks `session.json`; the frames are left to the caller. */
export async function readRecordedSession(folder: SessionFolder): Promise<Result<RecordedSession, Failure>> {
  const bytes = await folder.read(SESSION_FILE);
  if (!bytes) return err(failure('request.invalid', `${SESSION_FILE} can't be read`));
  const json = parseJson(bytes);
  if (!json.ok) return json;
  const parsed = recordedSessionSchema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return err(failure('request.invalid', `${SESSION_FILE}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`));
}

export interface EncodedFrame {
  /** A whole JPEG or PNG file. */
  readonly image: Uint8Array;
  readonly extension: 'jpg' | 'png';
  readonly capturedAtMs: number;
}

/**
 * Writes a session as `frames/NNNN.jpg|png` and, last, `session.json`: a folder without it was interrupted.
 */
export async function writeRecordedSession(
  folder: SessionFolder,
  session: Omit<RecordedSession, 'version' | 'frames'>,
  frames: readonly EncodedFrame[],
): Promise<RecordedSession> {
  const listed: { file: string; capturedAtMs: number }[] = [];
  for (const { image, extension, capturedAtMs } of frames) {
    const file = `frames/${String(listed.length).padStart(4, '0')}.${extension}`;
    await folder.write(file, image);
    listed.push({ file, capturedAtMs });
  }
  const whole = recordedSessionSchema.parse({ ...session, version: 1, frames: listed });
  await folder.write(SESSION_FILE, new TextEncoder().encode(`${JSON.stringify(whole, null, 2)}\n`));
  return whole;
}
