import { z } from 'zod';

/** How a card is given to a reader: laid on it, pushed into it, or drawn through it. */
export const READER_FORMS = ['plate', 'slot', 'swipe'] as const;
export type ReaderForm = (typeof READER_FORMS)[number];

/** Loudspeaker and receipt printer of this terminal. */
export const peripheralsSchema = z.strictObject({
  /** Loudness of the spoken guidance, 0..1, until a visitor changes it for themselves. */
  volume: z.number().min(0).max(1),
  /** The printer's name as the system has it; null: receipts aren't printed. */
  printer: z.string().min(1).max(200).nullable(),
  /** Width of the paper in millimetres. */
  paperWidthMm: z.int().min(40).max(216),
  /** The reader that the guidance draws; absent: a plate. */
  readerForm: z.enum(READER_FORMS).optional(),
  /**
   * Seconds for which the scan for people with one or two switches stays on each control; absent: it begins only when
   * two keys are held.
   */
  scanSeconds: z.number().min(0.8).max(6).optional(),
});
export type Peripherals = z.infer<typeof peripheralsSchema>;

export const DEFAULT_PERIPHERALS: Peripherals = { volume: 0.8, printer: null, paperWidthMm: 80 };
