import { ok } from '../../../../src/shared/result.ts';
import type { SendToVendor, VendorClientParts, VendorRequest } from '../../../../src/main/verifiers/contract.ts';
import { manualClock } from '../../../support/manual-clock.ts';
import { NOW_MS } from './samples.ts';

/** Answers without a network: the given bodies in order, the last one again and again. */
export interface Answering {
  readonly parts: VendorClientParts;
  readonly sent: VendorRequest[];
}

interface Reply {
  readonly body: string | Uint8Array;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answering(...replies: readonly (string | Reply)[]): Answering {
  const sent: VendorRequest[] = [];
  const send: SendToVendor = async (request) => {
    const reply = replies[Math.min(sent.length, replies.length - 1)] ?? '';
    sent.push(request);
    const { body, status = 200, headers = {} } = typeof reply === 'string' ? { body: reply } : reply;
    return ok({ status, headers: new Headers({ ...headers }), body: Buffer.from(body) });
  };
  return { sent, parts: partsWith(send) };
}

export function partsWith(send: SendToVendor): VendorClientParts {
  return { send, clock: manualClock(NOW_MS), randomBytes: (length) => Buffer.alloc(length, 7) };
}

/** The parameters of what was sent. */
export function parametersOf(request: VendorRequest | undefined): Record<string, unknown> {
  return JSON.parse(String(request?.body)) as Record<string, unknown>;
}
