import door from '../../../resources/locales/en/staff/door.json' with { type: 'json' };
import secret from '../../../resources/locales/en/staff/secret.json' with { type: 'json' };
import role from '../../../resources/locales/en/staff/role.json' with { type: 'json' };
import type { staffZhCn } from './staff-words-zh-cn.ts';

/** The words of signing in and confirming, in English. */
export const staffEn = { door, secret, role } satisfies typeof staffZhCn;
