import { z } from 'zod';

/** Characters that a name may have, counted as code points. */
export const LONGEST_STAFF_NAME = 30;

/** What can't be seen, or turns what can be seen around; a joiner and a variation selector belong to emoji. */
const HIDDEN = /(?![\u200D\uFE0F])[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** How somebody is called in windows; not necessarily a person's name. One line, 1 to 30 characters, all of them seen. */
export const staffNameSchema = z
  .string()
  .max(400)
  .refine((name) => !HIDDEN.test(name), 'a name has no hidden characters')
  .transform((name) => name.normalize('NFC').trim().replace(/\s+/gu, ' '))
  .refine((name) => SEEN.test(name), 'a name has at least one character')
  .refine((name) => [...name].length <= LONGEST_STAFF_NAME, `a name has ${LONGEST_STAFF_NAME} characters at most`);
