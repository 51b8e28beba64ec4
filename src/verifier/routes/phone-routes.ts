import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { KeptRequest } from '../hand-offs/hand-off.ts';
import { agreementSchema } from '../hand-offs/hand-off.ts';
import { PHONE_LIMITS, type FrameRefusal } from '../hand-offs/phone-captures.ts';
import type { Browser, PhoneDesk } from '../hand-offs/phone-desk.ts';
import { firstStep, type PhoneStep } from '../hand-offs/phone-step.ts';
import { languageOf, type PageLanguage } from '../pages/page.ts';
import { PHONE_FILES, phoneNoticeHash, sendPhoneEnd, sendPhonePage } from '../pages/phone-page.ts';
import { PHONE_NOTICE_VERSION } from '../pages/phone-texts.ts';
import type { RouteModule, VerifierParts } from '../parts.ts';
import { problem } from '../problems.ts';
import { jpegSize } from '../sessions/picture-size.ts';
import { createTokenBuckets, type TokenBuckets } from '../token-bucket.ts';
import { sendJson, sendProblem } from './answers.ts';
import { originOf } from './origin.ts';
import { bodyOf, parameterOf, parseBody } from './request-body.ts';

const COOKIE = 'hand-off';
/** As long as a page can be of use. */
const COOKIE_SECONDS = 900;
/** Requests of one address that name no page: codes can't be guessed, and needn't be tried. */
const STRANGERS = { burst: 60, perSecond: 2 } as const;

const agreeSchema = agreementSchema.omit({ givenAtMs: true });
const frameSchema = z.strictObject({
  sequence: z.coerce.number().int().min(0).max(1_000_000),
  at: z.coerce.number().min(0).max(1e12),
});

/** Who answers a check, as the notice names them. */
export type NamesOf = (request: KeptRequest) => Readonly<Record<PageLanguage, string>>;

/**
 * The page that people open on their own phones. Nothing here is signed by a device: the code of the address and the
 * secret of the one browser that opened it stand for the person.
 */
export function phoneRoutes(desk: PhoneDesk, namesOf: NamesOf): RouteModule {
  return (app, parts) => {
    const strangers = createTokenBuckets(STRANGERS, parts.clock);
    app.get('/phone/files/:name', async (request, reply) => {
      const file = PHONE_FILES[String(parameterOf(request, 'name'))];
      return file === undefined ? sendProblem(reply, problem('not_found')) : reply.type(file.type).send(file.content);
    });
    app.get('/phone/:code', (request, reply) => showPage(desk, namesOf, strangers, request, reply));
    app.get('/phone/:code/step', async (request, reply) => sendStep(reply, await desk.step(browserOf(request))));
    app.post('/phone/:code/open', ownPage(openPage(desk, parts)));
    app.post(
      '/phone/:code/refuse',
      ownPage(async (request, reply) => sendStep(reply, await desk.refuse(browserOf(request)))),
    );
    app.post(
      '/phone/:code/agree',
      ownPage((request, reply) => agree(desk, namesOf, request, reply)),
    );
    app.post(
      '/phone/:code/frame',
      { bodyLimit: PHONE_LIMITS.frameBytes },
      ownPage((request, reply) => takeFrame(desk, request, reply)),
    );
  };
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Other pages' requests aren't taken, whatever cookies come with them. */
function ownPage(handle: Handler): Handler {
  return async (request, reply) => {
    const site = request.headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin'
      ? handle(request, reply)
      : sendProblem(reply, problem('request_invalid', { detail: 'sec-fetch-site' }));
  };
}

async function showPage(
  desk: PhoneDesk,
  namesOf: NamesOf,
  strangers: TokenBuckets,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wished = languageOf(request.headers['accept-language']);
  const found = await desk.view(browserOf(request));
  if (found === 'unknown') {
    const waitMs = strangers.take(request.ip);
    if (waitMs > 0) return sendProblem(reply, problem('too_many_requests', { retryAfterMs: waitMs }));
    return sendPhoneEnd(reply.code(404), wished, 'unknown');
  }
  if (found === 'other-browser') return sendPhoneEnd(reply.code(403), wished, found);
  const { language } = found.request;
  const first = firstStep(found);
  if (first.step === 'over') return sendPhoneEnd(reply.code(first.why === 'done' ? 200 : 410), language, first.why);
  return sendPhonePage(reply, { language, answerer: namesOf(found.request)[language] });
}

function openPage(desk: PhoneDesk, parts: VerifierParts): Handler {
  return async (request, reply) => {
    const browser = browserOf(request);
    const { step, secret } = await desk.open(browser);
    if (secret !== null) {
      const secure = originOf(request, parts).startsWith('https:') ? '; Secure' : '';
      const scope = `Path=/phone/${browser.code}; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict${secure}`;
      reply.header('set-cookie', `${COOKIE}=${secret}; ${scope}`);
    }
    return sendStep(reply, step);
  };
}

/** Only the notice that this page shows by now can be agreed to. */
async function agree(
  desk: PhoneDesk,
  namesOf: NamesOf,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parsed = parseBody(request, agreeSchema);
  if (!parsed.ok) return sendProblem(reply, parsed.error);
  const browser = browserOf(request);
  const found = await desk.view(browser);
  if (typeof found === 'string') return sendStep(reply, { step: 'over', why: found });
  const { language } = found.request;
  const shown = phoneNoticeHash(language, namesOf(found.request)[language]);
  const isShown = parsed.value.textHash === shown && parsed.value.version === PHONE_NOTICE_VERSION;
  if (!isShown) return sendProblem(reply, problem('request_invalid', { detail: 'textHash' }));
  return sendStep(reply, await desk.agree(browser, parsed.value));
}

async function takeFrame(desk: PhoneDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const place = frameSchema.safeParse(request.query);
  const jpeg = bodyOf(request);
  if (!place.success) return sendProblem(reply, problem('request_invalid', { detail: 'sequence, at' }));
  const size = jpegSize(jpeg);
  if (size === null || Math.max(size.width, size.height) > PHONE_LIMITS.frameSide) {
    return sendProblem(reply, problem('request_invalid', { detail: 'no picture, or too large' }));
  }
  const { sequence, at: capturedAtMs } = place.data;
  const seen = await desk.frame(browserOf(request), sequence, { jpeg, capturedAtMs });
  return typeof seen === 'string' ? sendRefusal(reply, seen) : sendStep(reply, seen);
}

function sendRefusal(reply: FastifyReply, refusal: FrameRefusal): FastifyReply {
  if (refusal === 'busy') return sendStep(reply, { step: 'wait' });
  if (refusal === 'sequence') return sendProblem(reply, problem('request_invalid', { detail: 'sequence' }));
  return sendProblem(reply, problem('too_many_requests', { retryAfterMs: 100 }));
}

const STATUSES: Partial<Readonly<Record<string, number>>> = { unknown: 404, 'other-browser': 403 };

function sendStep(reply: FastifyReply, step: PhoneStep): FastifyReply {
  const status = step.step === 'over' ? (STATUSES[step.why] ?? 200) : 200;
  return sendJson(reply.code(status), canonicalJson(step));
}

function browserOf(request: FastifyRequest): Browser {
  const cookies = (request.headers.cookie ?? '').split(/;\s*/);
  const own = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`));
  return { code: String(parameterOf(request, 'code')), secret: own?.slice(COOKIE.length + 1) ?? null };
}
