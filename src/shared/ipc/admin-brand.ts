import { z } from 'zod';
import { brandSchema, type Brand } from '../domain/brand.ts';

/** Channels of the look of the windows: request schema by channel. What it is may be asked before anybody signs in. */
export const ADMIN_BRAND_CHANNELS = {
  'admin:brand': z.null(),
  'admin:save-brand': brandSchema,
} as const;

export interface AdminBrandAnswers {
  'admin:brand': Brand;
  'admin:save-brand': Brand;
}
