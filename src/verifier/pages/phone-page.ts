import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PhoneEnd } from '../hand-offs/phone-step.ts';
import { escapeHtml, type PageLanguage } from './page.ts';
import { PHONE_SCRIPT } from './phone-script.ts';
import { PHONE_STYLE } from './phone-style.ts';
import { PHONE_NOTICE_VERSION, phoneNotice, phoneNoticeText } from './phone-texts.ts';
import { phoneWords } from './phone-words.ts';

/** Files of the page, each at an address with its hash. */
export const PHONE_FILES: Readonly<Record<string, { readonly type: string; readonly content: string }>> = {
  [nameOf('js', PHONE_SCRIPT)]: { type: 'text/javascript; charset=utf-8', content: PHONE_SCRIPT },
  [nameOf('css', PHONE_STYLE)]: { type: 'text/css; charset=utf-8', content: PHONE_STYLE },
};

/** Scripts, styles and requests of this origin only; nothing inline, nothing embedded, no form. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; media-src 'self' blob:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PhonePage {
  readonly language: PageLanguage;
  /** Whom a picture goes to. */
  readonly answerer: string;
}

/** SHA-256 of the notice as this page shows it, hex. */
export function phoneNoticeHash(language: PageLanguage, answerer: string): string {
  return createHash('sha256').update(phoneNoticeText(language, answerer)).digest('hex');
}

/** The page with all that it can show; its script brings one thing after the other. */
export function sendPhonePage(reply: FastifyReply, { language, answerer }: PhonePage): FastifyReply {
  const words = phoneWords(language);
  const notice = phoneNotice(language, answerer);
  const agreed = `data-version="${PHONE_NOTICE_VERSION}" data-hash="${phoneNoticeHash(language, answerer)}"`;
  const body = [
    `<noscript><section class="message"><h1>${escapeHtml(words.noScript)}</h1></section></noscript>`,
    `<section id="notice" ${agreed} hidden><h1>${escapeHtml(notice.title)}</h1><p class="lead">${escapeHtml(notice.lead)}</p>`,
    `<ul class="lines">${notice.lines.map(lineHtml).join('')}</ul>`,
    `<label class="consent"><input type="checkbox" id="capture"><span>${escapeHtml(notice.capture)}</span></label>`,
    `<label class="consent"><input type="checkbox" id="transmit"><span>${escapeHtml(notice.transmit)}</span></label>`,
    `<p id="both" class="warning" role="alert" hidden>${escapeHtml(words.both)}</p>`,
    `<div class="choice"><button id="agree" type="button" class="primary">${escapeHtml(words.agree)}</button>`,
    `<button id="refuse" type="button">${escapeHtml(words.refuse)}</button></div></section>`,
    `<section id="camera" hidden><p id="say" class="say" aria-live="assertive"></p>`,
    `<div class="view"><video id="video" playsinline muted autoplay></video><div class="oval" id="oval"></div></div>`,
    `<progress id="progress" max="1" value="0"></progress>`,
    `<button id="stop" type="button">${escapeHtml(words.stop)}</button></section>`,
    `<section id="message" class="message" role="status" hidden><h1 id="title"></h1><p id="text"></p>`,
    `<button id="retry" type="button" class="primary" hidden>${escapeHtml(words.retryCamera)}</button></section>`,
    wordsHtml(language),
  ];
  return sendHtml(reply, language, notice.title, body.join('\n'), true);
}

/** A page that says why there is nothing more to do. */
export function sendPhoneEnd(reply: FastifyReply, language: PageLanguage, why: PhoneEnd): FastifyReply {
  const { title, text } = phoneWords(language).ends[why];
  const body = `<section class="message end-${why}"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></section>`;
  return sendHtml(reply, language, title, body, false);
}

function sendHtml(
  reply: FastifyReply,
  language: PageLanguage,
  title: string,
  body: string,
  scripted: boolean,
): FastifyReply {
  const script = `<script src="/phone/files/${nameOf('js', PHONE_SCRIPT)}" defer></script>\n`;
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
      'cross-origin-opener-policy': 'same-origin',
      'x-robots-tag': 'noindex, nofollow',
      vary: 'accept-language, cookie',
    })
    .send(
      `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n` +
        `<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">\n` +
        `<title>${escapeHtml(title)}</title>\n<link rel="icon" href="data:,">\n` +
        `<link rel="stylesheet" href="/phone/files/${nameOf('css', PHONE_STYLE)}">\n` +
        `${scripted ? script : ''}</head>\n<body>\n<main>\n${body}\n</main>\n</body>\n</html>\n`,
    );
}

/** Words that the script puts in its places, as text. */
function wordsHtml(language: PageLanguage): string {
  const { cameras, ends, hints, actions, ...single } = phoneWords(language);
  const pairs: [string, string][] = Object.entries(single);
  for (const [key, text] of Object.entries(hints)) pairs.push([`hint.${key}`, text]);
  for (const [key, text] of Object.entries(actions)) pairs.push([`action.${key}`, text]);
  for (const [key, { title, text }] of [...named('camera', cameras), ...named('end', ends)]) {
    pairs.push([`${key}.title`, title], [`${key}.text`, text]);
  }
  const items = pairs.map(([key, text]) => `<li data-key="${escapeHtml(key)}">${escapeHtml(text)}</li>`);
  return `<ul id="words" hidden>${items.join('')}</ul>`;
}

interface Message {
  readonly title: string;
  readonly text: string;
}

function named(prefix: string, texts: Readonly<Record<string, Message>>): [string, Message][] {
  return Object.entries(texts).map(([key, text]) => [`${prefix}.${key}`, text]);
}

/** A line's subject stands out, so that people find what they look for. */
function lineHtml(line: string): string {
  const at = line.search(/[:：]/);
  return `<li><b>${escapeHtml(line.slice(0, at + 1))}</b>${escapeHtml(line.slice(at + 1))}</li>`;
}

function nameOf(kind: string, content: string): string {
  return `phone-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${kind}`;
}
