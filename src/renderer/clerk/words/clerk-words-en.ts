import app from '../../../../resources/locales/en/clerk/app.json' with { type: 'json' };
import call from '../../../../resources/locales/en/clerk/call.json' with { type: 'json' };
import screen from '../../../../resources/locales/en/clerk/screen.json' with { type: 'json' };
import verdict from '../../../../resources/locales/en/clerk/verdict.json' with { type: 'json' };
import live from '../../../../resources/locales/en/clerk/live.json' with { type: 'json' };
import start from '../../../../resources/locales/en/clerk/start.json' with { type: 'json' };
import queue from '../../../../resources/locales/en/clerk/queue.json' with { type: 'json' };
import records from '../../../../resources/locales/en/clerk/records.json' with { type: 'json' };
import caseWords from '../../../../resources/locales/en/clerk/case.json' with { type: 'json' };
import decision from '../../../../resources/locales/en/clerk/decision.json' with { type: 'json' };
import receipt from '../../../../resources/locales/en/clerk/receipt.json' with { type: 'json' };
import type { clerkZhCn } from './clerk-words-zh-cn.ts';

/** The words of the clerk's window in English. */
export const clerkEn = {
  app,
  call,
  screen,
  verdict,
  live,
  start,
  queue,
  records,
  case: caseWords,
  decision,
  receipt,
} satisfies typeof clerkZhCn;
