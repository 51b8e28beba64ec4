import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { CARD_ANSWERS, NO_CARD, NO_READER, REFUSALS } from './card-answers.ts';
import { FakeDevice } from './fake-device.ts';

export type SocketMisbehaviour =
  | 'html'
  | 'other-version'
  | 'silent'
  | 'huge'
  | 'hangs-up'
  | 'binary'
  | { readonly says: unknown }
  /** Answers right, but so late. */
  | { readonly lateMs: number };

/** The EST web socket service over a real socket. */
export class FakeEstService {
  readonly device = new FakeDevice();
  /** Commands in order. */
  readonly calls: string[] = [];
  misbehaviour: SocketMisbehaviour | null = null;
  connections = 0;
  #server: WebSocketServer | null = null;
  #port = 0;

  get address(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.#port });
    await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
    this.#port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => {
      this.connections++;
      socket.on('error', () => undefined);
      socket.on('message', (data: Buffer) => this.#answer(data.toString(), socket));
    });
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  }

  #answer(command: string, socket: WebSocket): void {
    this.calls.push(command);
    const how = this.misbehaviour;
    if (how === 'silent') return;
    if (how === 'hangs-up') return socket.terminate();
    if (how === 'html') return socket.send('<html></html>');
    if (how === 'binary') return socket.send(Buffer.from('{}'));
    if (how === 'huge')
      return socket.send(JSON.stringify({ fun: command, rCode: '-2', errMsg: 'x'.repeat(5 * 1024 * 1024) }));
    if (how === 'other-version') return socket.send(JSON.stringify({ action: command, ret: '00' }));
    if (how !== null && 'says' in how) return socket.send(JSON.stringify(how.says));
    const answer = this.#reply(command);
    if (answer === null) return;
    if (how === null) return socket.send(JSON.stringify(answer));
    setTimeout(() => socket.send(JSON.stringify(answer)), how.lateMs);
  }

  #reply(command: string): unknown {
    switch (command) {
      case 'EST_GetVersion#':
        return { fun: command, rCode: '0', errMsg: '2.0.1.8' };
      case 'EST_ReaderGertSAMID#':
        return { fun: command, rCode: '0', errMsg: '', SAMID: '05.01-20130401-0000000042-0000000007' };
      case 'EST_Reader_ReadIDCard#': {
        if (!this.device.present) return REFUSALS.est(...NO_READER.est);
        const card = this.device.read();
        return card ? CARD_ANSWERS.est(card) : REFUSALS.est(...NO_CARD.est);
      }
      default:
        return null;
    }
  }
}
