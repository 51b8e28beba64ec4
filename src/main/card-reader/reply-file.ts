import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseBaseReply } from './base-reply.ts';
import { parseReply } from './commands.ts';
import { FrameDecoder } from './frame-codec.ts';
import type { PhotoDecoder } from './photo-decoder.ts';
import { documentFrom } from './presented-card.ts';
import { STATUS, statusFailure } from './status-codes.ts';

/**
 * Parses a recorded reply to a read: raw bytes, or the same as hexadecimal text. It has to hold one frame; noise
 * around it is passed over, as on the line.
 *
 * Fails with `reader.bad-frame` when there is no whole frame, else as a read does.
 */
export async function decodeReplyFile(
  content: Uint8Array,
  decoder: PhotoDecoder,
): Promise<Result<{ readonly document: IdentityDocument; readonly photoBytes: number }, Failure>> {
  const events = new FrameDecoder().push(bytesOf(content), 0);
  const frame = events.find((event) => event.kind === 'frame');
  if (!frame) {
    const damage = events.map((event) => event.kind).join(', ');
    return err(failure('reader.bad-frame', damage === '' ? 'the frame is not complete' : damage));
  }
  const reply = parseReply(frame.payload);
  if (reply.status !== STATUS.ok) return err(statusFailure(reply.status));
  const document = await documentFrom(reply.data, decoder, false);
  if (!document.ok) return document;
  const blocks = parseBaseReply(reply.data);
  return ok({ document: document.value, photoBytes: blocks.ok ? blocks.value.photo.length : 0 });
}

function bytesOf(content: Uint8Array): Uint8Array {
  const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
  const digits = text.replace(/\s+/g, '');
  const isHex = digits.length > 0 && digits.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(digits);
  return isHex ? new Uint8Array(Buffer.from(digits, 'hex')) : content;
}
