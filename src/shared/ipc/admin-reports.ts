import { z } from 'zod';
import type { Report } from '../domain/report.ts';

const dayText = z.string().max(10);
const ids = z.array(z.string().min(1).max(64)).max(200);

/** What a report is about; no scene or no scheme named means all. */
export const reportRequestSchema = z.strictObject({
  from: dayText,
  to: dayText,
  /** The end that stays where there are more than 90 days. */
  keep: z.enum(['from', 'to']),
  sceneIds: ids,
  schemes: ids,
});
export type ReportRequest = z.infer<typeof reportRequestSchema>;

/** Channels of reports: request schema by channel. */
export const ADMIN_REPORTS_CHANNELS = {
  'admin:report': reportRequestSchema,
  /** The page of the window as it stands, on paper. */
  'admin:print-report': z.null(),
} as const;

export interface AdminReportsAnswers {
  'admin:report': Report;
  'admin:print-report': { readonly pdf: Uint8Array };
}
