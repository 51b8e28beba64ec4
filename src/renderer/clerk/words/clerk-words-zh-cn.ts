import app from '../../../../resources/locales/zh-CN/clerk/app.json' with { type: 'json' };
import call from '../../../../resources/locales/zh-CN/clerk/call.json' with { type: 'json' };
import screen from '../../../../resources/locales/zh-CN/clerk/screen.json' with { type: 'json' };
import verdict from '../../../../resources/locales/zh-CN/clerk/verdict.json' with { type: 'json' };
import live from '../../../../resources/locales/zh-CN/clerk/live.json' with { type: 'json' };
import start from '../../../../resources/locales/zh-CN/clerk/start.json' with { type: 'json' };
import queue from '../../../../resources/locales/zh-CN/clerk/queue.json' with { type: 'json' };
import records from '../../../../resources/locales/zh-CN/clerk/records.json' with { type: 'json' };
import caseWords from '../../../../resources/locales/zh-CN/clerk/case.json' with { type: 'json' };
import decision from '../../../../resources/locales/zh-CN/clerk/decision.json' with { type: 'json' };
import receipt from '../../../../resources/locales/zh-CN/clerk/receipt.json' with { type: 'json' };

/** The words of the clerk's window in Chinese: the language that has every text. */
export const clerkZhCn = {
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
};
