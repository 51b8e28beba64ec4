import door from '../../../resources/locales/zh-CN/staff/door.json' with { type: 'json' };
import secret from '../../../resources/locales/zh-CN/staff/secret.json' with { type: 'json' };
import role from '../../../resources/locales/zh-CN/staff/role.json' with { type: 'json' };

/** The words of signing in and confirming, in Chinese; the English ones have the same keys. */
export const staffZhCn = { door, secret, role };
