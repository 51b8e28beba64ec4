import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpServiceDialect } from '../../../../src/shared/domain/reader-transport.ts';
import { CARD_ANSWERS, NO_CARD, NO_READER, READ_PATHS, REFUSALS } from './card-answers.ts';
import { FakeDevice } from './fake-device.ts';
import { encodeGbk } from './gbk.ts';

/** What a service does instead of answering as it should. */
export type Misbehaviour =
  | 'html'
  | 'other-version'
  | 'no-json'
  | 'silent'
  | 'trickle'
  | 'huge'
  | 'endless'
  | 'breaks-off'
  | 'hangs-up'
  | 'redirect'
  | 'not-found'
  | 'no-http'
  | 'damaged-text'
  | { readonly says: unknown };

export interface AnswerForm {
  readonly gbk?: 'declared' | 'undeclared';
  readonly jsonp?: boolean;
}

/** One vendor's service over a real socket, as far as its clients show how it behaves. */
export class FakeHttpService {
  readonly device = new FakeDevice();
  /** Calls in order, `GET /readcard`. */
  readonly calls: string[] = [];
  misbehaviour: Misbehaviour | null = null;
  form: AnswerForm = {};
  /** Paths that this version of the service doesn't have. */
  readonly unknownPaths = new Set<string>();
  /** Where a redirect leads. */
  redirectTo = 'http://127.0.0.1:9/';
  /** Waits so long for a card before it says that there is none. */
  waitsForCardMs = 0;
  /** Sends what it read only so much later. */
  answersLateMs = 0;
  /** The largest number of calls that were under way at once. */
  atOnce = 0;
  /** Connections that are open now. */
  connections = 0;
  readonly #dialect: HttpServiceDialect;
  #server: Server | null = null;
  #port = 0;
  #underWay = 0;

  constructor(dialect: HttpServiceDialect) {
    this.#dialect = dialect;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts, after a stop at the same port. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    server.on('connection', (socket) => {
      this.connections++;
      socket.on('close', () => this.connections--);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = `${request.method} ${request.url}`;
    this.calls.push(call);
    this.atOnce = Math.max(this.atOnce, ++this.#underWay);
    response.on('close', () => this.#underWay--);
    response.on('error', () => undefined);
    if (this.misbehaviour !== null) return this.#misbehave(this.misbehaviour, response);
    if (this.unknownPaths.has(request.url ?? '')) return void response.writeHead(404).end('<html>404</html>');
    const isRead = call === READ_PATHS[this.#dialect] || call === 'POST /api/readCert';
    if (isRead) await this.#waitForCard(response);
    const json = isRead ? this.#reading() : this.#other(call);
    if (json === null) return void response.writeHead(404).end('<html>404</html>');
    if (this.answersLateMs > 0) await new Promise((resolve) => setTimeout(resolve, this.answersLateMs));
    this.#send(json, response);
  }

  async #waitForCard(response: ServerResponse): Promise<void> {
    for (let waitedMs = 0; waitedMs < this.waitsForCardMs && !this.device.card && !response.closed; waitedMs += 5) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #reading(): unknown {
    const { device } = this;
    const refuse = REFUSALS[this.#dialect];
    const needsOpening = this.#dialect === 'cvr' || this.#dialect === 'certctl';
    if (!device.present || (needsOpening && !device.opened)) return refuse(...NO_READER[this.#dialect]);
    const card = device.read();
    return card ? CARD_ANSWERS[this.#dialect](card) : refuse(...NO_CARD[this.#dialect]);
  }

  #other(call: string): unknown {
    const { device } = this;
    const noReader = { resultFlag: -1, errorMsg: '端口打开失败' };
    switch (call) {
      case 'GET /OpenDevice':
      case 'POST /api/connect':
        device.opened = device.present;
        return device.present ? { resultFlag: 0, errorMsg: '打开成功' } : noReader;
      case 'GET /CloseDevice':
      case 'POST /api/disconnect':
        device.opened = false;
        return { resultFlag: 0, errorMsg: '关闭成功' };
      case 'GET /getsamid':
        return { resultFlag: 0, errorMsg: '', samid: '05.01-20130401-0000000042-0000000007' };
      case 'POST /api/getStatus':
        return { resultFlag: 0, errorMsg: '', status: device.present ? 0 : -1 };
      case 'GET /api/Version':
        return { retcode: '0', retmsg: 'v3.3.4', errmsg: '' };
      case 'GET /api/GetSAMID':
        return { retcode: '0x90', retmsg: '05.01-20130401-0000000042-0000000007', errmsg: '' };
      default:
        return null;
    }
  }

  #send(json: unknown, response: ServerResponse): void {
    const { gbk, jsonp } = this.form;
    const bare = JSON.stringify(json).replaceAll('":', '" : ');
    const text = jsonp ? `jQuery1_2(${bare});` : bare;
    const type = gbk === 'declared' ? 'text/html; charset=GBK' : 'text/plain';
    response.writeHead(200, { 'content-type': type }).end(gbk === undefined ? text : encodeGbk(text));
  }

  #misbehave(how: Misbehaviour, response: ServerResponse): void {
    if (typeof how === 'object') return this.#send(how.says, response);
    switch (how) {
      case 'silent':
        return;
      case 'html':
        return void response.end('<!doctype html><title>It works</title>');
      case 'no-json':
        return void response.end('{resultFlag: 0');
      case 'other-version':
        return void response.end(JSON.stringify({ success: true, data: { idNumber: '110101199001010007' } }));
      case 'damaged-text':
        return void response.end(
          Buffer.concat([Buffer.from('{"resultFlag":0,"partyName":"样本'), Buffer.from([0xe6, 0xa0])]),
        );
      case 'redirect':
        return void response.writeHead(302, { location: this.redirectTo }).end();
      case 'not-found':
        return void response.writeHead(404).end();
      case 'hangs-up':
        return void response.socket?.destroy();
      case 'no-http':
        return void response.socket?.end('SSH-2.0-OpenSSH\r\n');
      case 'breaks-off':
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{"resultFlag":0,');
        return void setTimeout(() => response.socket?.destroy(), 5);
      case 'huge':
        return void response.end(`{"resultFlag":-11,"errorMsg":"${'x'.repeat(5 * 1024 * 1024)}"}`);
      case 'trickle':
        return drip(response, ' ', 5);
      case 'endless':
        return drip(response, ' '.repeat(256 * 1024), 0);
    }
  }
}

function drip(response: ServerResponse, chunk: string, everyMs: number): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(chunk), everyMs);
  response.on('close', () => clearInterval(timer));
}
