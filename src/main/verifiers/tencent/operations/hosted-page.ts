import { z } from 'zod';
import { hundred, optionalText, parsed } from './operation.ts';

/** What a result says, whichever flow it is of. `code` null: the person hasn't finished. */
export interface HostedResult {
  readonly code: string | null;
  readonly message: string;
  readonly similarity: number | null;
  readonly name: string;
  readonly number: string;
  readonly orderId: string;
  /** Another step that the flow was set up with; its result isn't read here. */
  readonly furtherSteps: boolean;
  readonly detail: string;
}

const optionalNumber = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? null);

export const openPageSchema = z.object({
  BizToken: z.string().min(1).max(200),
  Url: optionalText,
});

const pageResultSchema = z.object({
  Text: z
    .object({
      ErrCode: optionalNumber,
      ErrMsg: optionalText,
      IdCard: optionalText,
      Name: optionalText,
      LiveStatus: optionalNumber,
      Comparestatus: optionalNumber,
      Sim: optionalText,
      Extra: optionalText,
      LivenessInfoTag: z.array(z.string().max(4)).max(30).nullish(),
    })
    .nullish(),
  IsVerifyIntention: z.boolean().nullish(),
});

const UNFINISHED: HostedResult = {
  code: null,
  message: '',
  similarity: null,
  name: '',
  number: '',
  orderId: '',
  furtherSteps: false,
  detail: '',
};

/**
 * Reads GetDetectInfoEnhanced. The final number and those of its two steps have to agree: a zero above a step that
 * failed is malformed.
 */
export function readPageResult(response: unknown): HostedResult | null {
  const answer = parsed(pageResultSchema, response);
  if (!answer) return null;
  const text = answer.Text;
  if (!text || text.ErrCode === null) return UNFINISHED;
  const steps = [text.LiveStatus, text.Comparestatus];
  if (text.ErrCode === 0 && steps.some((step) => step !== null && step !== 0)) return null;
  const similarity = scoreOf(text.Sim);
  if (similarity === undefined) return null;
  return {
    code: String(text.ErrCode),
    message: text.ErrMsg,
    similarity,
    name: text.Name,
    number: text.IdCard.toUpperCase(),
    orderId: text.Extra,
    furtherSteps: answer.IsVerifyIntention === true,
    detail: livenessDetail(text.LivenessInfoTag ?? []),
  };
}

/** The score as text; null where there is none, undefined where it is no score. */
function scoreOf(text: string): number | null | undefined {
  if (text === '') return null;
  const score = hundred.safeParse(/^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);
  return score.success ? score.data : undefined;
}

/** Why the liveness step refused, in the vendor's two digits (eyes shut 01 … occluded 14). */
const LIVENESS_TAGS: Readonly<Record<string, string>> = {
  '01': 'eyes shut',
  '02': 'action not done',
  '03': 'screen or print',
  '04': 'synthetic',
  '05': 'known template',
  '06': 'watermark',
  '07': 'reflection failed',
  '08': 'person swapped',
  '09': 'poor quality',
  '10': 'distance',
  '11': 'adversarial pattern',
  '12': 'traces at the mouth',
  '13': 'traces at the eyes',
  '14': 'occluded',
};

function livenessDetail(tags: readonly string[]): string {
  return tags.map((tag) => LIVENESS_TAGS[tag] ?? `tag ${tag}`).join(', ');
}
