import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { passOn, type PassingMessage } from './tampering-proxy.ts';

export interface LossyProxy {
  readonly address: string;
  readonly counts: { requests: number; dropped: number; duplicated: number; delayed: number };
  /** From now on everything is passed on as it is. */
  heal(): void;
  /** The verifier is somewhere else now. */
  retarget(upstream: string): void;
  close(): Promise<void>;
}

export interface Losses {
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Share of the answers that are lost, of the requests that arrive twice, of the answers that others overtake. */
  readonly share: number;
  readonly delayMs: number;
}

/**
 * A bad line between a device and its verifier. Each request reaches the verifier, some of them twice; of the answers
 * some are lost after the verifier has done its work, and some come so late that others overtake them.
 */
export async function startLossyProxy(upstream: string, losses: Losses): Promise<LossyProxy> {
  let target = new URL(upstream);
  const counts = { requests: 0, dropped: 0, duplicated: 0, delayed: 0 };
  let share = losses.share;
  const happens = (kind: 'dropped' | 'duplicated' | 'delayed'): boolean => {
    const yes = losses.random() < share;
    if (yes) counts[kind] += 1;
    return yes;
  };
  const carry = async (incoming: IncomingMessage): Promise<PassingMessage | null> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/', headers } = incoming;
    counts.requests += 1;
    const send = (): Promise<PassingMessage> => passOn(target, method, url, headers, Buffer.concat(chunks));
    const twice = happens('duplicated');
    const answer = await send();
    if (twice) await send();
    if (happens('delayed')) await sleep(losses.random() * losses.delayMs);
    return happens('dropped') ? null : answer;
  };
  const server = createServer((incoming, outgoing) => {
    carry(incoming).then(
      (answer) => {
        if (answer === null) return void outgoing.destroy();
        outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
        outgoing.end(answer.body);
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    heal: () => {
      share = 0;
    },
    retarget: (elsewhere) => {
      target = new URL(elsewhere);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
