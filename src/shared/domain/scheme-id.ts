import { z } from 'zod';

/** A product code: of a preset, or of a scheme that an administrator has composed. */
export const schemeIdSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'a letter, then up to 39 of A-Z a-z 0-9 _ -');
