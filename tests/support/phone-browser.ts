import { phoneNoticeHash } from '../../src/verifier/pages/phone-page.ts';
import { PHONE_NOTICE_VERSION } from '../../src/verifier/pages/phone-texts.ts';
import { noiseJpeg } from './questioner.ts';

export interface PhoneAnswer {
  readonly status: number;
  readonly value: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
}

/** What a phone's browser sends, without one. */
export interface PhoneBrowser {
  cookie: string | null;
  page(): Promise<PhoneAnswer>;
  open(): Promise<PhoneAnswer>;
  agree(answerer: string, changes?: object): Promise<PhoneAnswer>;
  refuse(): Promise<PhoneAnswer>;
  step(): Promise<PhoneAnswer>;
  frame(sequence: number, options?: { readonly at?: number; readonly bytes?: Buffer }): Promise<PhoneAnswer>;
}

export function phoneBrowser(url: string, language = 'zh-CN'): PhoneBrowser {
  const send = async (path: string, init: RequestInit = {}): Promise<PhoneAnswer> => {
    const headers = {
      'accept-language': language,
      ...(own.cookie === null ? {} : { cookie: own.cookie }),
      ...(init.headers as Record<string, string> | undefined),
    };
    const answer = await fetch(`${url}${path}`, { ...init, headers });
    const set = answer.headers.get('set-cookie');
    if (set !== null) own.cookie = set.split(';')[0] ?? null;
    const text = await answer.text();
    return { status: answer.status, value: parsed(text), text, headers: answer.headers };
  };
  const post = (path: string, type?: string, body?: RequestInit['body']): Promise<PhoneAnswer> =>
    send(path, { method: 'POST', ...(body === undefined ? {} : { body, headers: { 'content-type': type ?? '' } }) });
  const own: PhoneBrowser = {
    cookie: null,
    page: () => send(''),
    open: () => post('/open'),
    agree: (answerer, changes = {}) => {
      const textHash = phoneNoticeHash('zh-CN', answerer);
      const agreed = { capture: true, transmit: true, version: PHONE_NOTICE_VERSION, textHash, ...changes };
      return post('/agree', 'application/json', JSON.stringify(agreed));
    },
    refuse: () => post('/refuse'),
    step: () => send('/step'),
    frame: (sequence, { at = sequence * 200 + 1, bytes = noiseJpeg(5_000) } = {}) =>
      post(`/frame?sequence=${sequence}&at=${at}`, 'image/jpeg', new Uint8Array(bytes)),
  };
  return own;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
