import { z } from 'zod';
import { number, sceneId, sceneMark, word, type Operation } from './operation.ts';

const VERSION = '2019-03-07';
/** The vendor answers for at most this long a time at once. */
export const MAX_STATISTICS_DAYS = 90;
const DAY_MS = 86_400_000;

const page = z.int().min(1).max(10_000);
const pageSize = z.int().min(1).max(100);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}( ?[+-]\d{4}|Z)?$/);

function withinLimit({ StartDate, EndDate }: { readonly StartDate: string; readonly EndDate: string }): boolean {
  const days = (Date.parse(EndDate.slice(0, 10)) - Date.parse(StartDate.slice(0, 10))) / DAY_MS;
  return days >= 0 && days <= MAX_STATISTICS_DAYS;
}
const TOO_LONG = `at most ${MAX_STATISTICS_DAYS} days, the first one first`;

const item = z.object({
  Date: word,
  SceneId: word.optional(),
  SceneName: word.optional(),
  ProductCode: word.optional(),
  TotalCount: number,
  SuccessCount: number,
  PassRate: word.optional(),
});
const countsAnswer = z.object({
  CurrentPage: number,
  PageSize: number,
  TotalCount: number,
  TotalPage: number,
  Items: z.array(item).max(1_000),
});
export type CountsAnswer = z.infer<typeof countsAnswer>;

const smartRequest = z
  .strictObject({
    ServiceCode: z.literal('cloudauthst').optional(),
    SceneId: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    StartDate: time,
    EndDate: time,
    CurrentPage: page,
    PageSize: pageSize,
  })
  .refine(withinLimit, TOO_LONG);
/** Calls and passes by day, scene and product. */
export const describeSmartStatisticsPageList: Operation<z.infer<typeof smartRequest>, CountsAnswer> = {
  action: 'DescribeSmartStatisticsPageList',
  version: VERSION,
  billed: false,
  request: smartRequest,
  answer: countsAnswer,
};

const faceRequest = z
  .strictObject({
    SceneId: sceneId.optional(),
    ProductCode: z
      .string()
      .regex(/^[A-Z_]{1,20}$/)
      .optional(),
    StartDate: day,
    EndDate: day,
    CurrentPage: page,
    PageSize: pageSize,
  })
  .refine(withinLimit, TOO_LONG);
/** The same for the products of the financial series. */
export const describePageFaceVerifyData: Operation<z.infer<typeof faceRequest>, CountsAnswer> = {
  action: 'DescribePageFaceVerifyData',
  version: VERSION,
  billed: false,
  request: faceRequest,
  answer: countsAnswer,
};

const recordsRequest = z
  .strictObject({
    BizType: sceneMark.optional(),
    BizId: z.string().max(64).optional(),
    StartDate: time,
    EndDate: time,
    /** Statuses with commas between. */
    StatusList: z
      .string()
      .regex(/^-?\d{1,2}(,-?\d{1,2}){0,20}$/)
      .optional(),
    CurrentPage: page,
    PageSize: pageSize,
  })
  .refine(withinLimit, TOO_LONG);
const recordsAnswer = z.object({
  CurrentPage: number,
  PageSize: number,
  TotalCount: number,
  /** Details of people aren't asked for: they are left out of what is parsed. */
  RecordsList: z
    .array(
      z.object({ BizId: word.optional(), BizType: word.optional(), Status: number, FinishTime: number.optional() }),
    )
    .max(1_000),
});
/** Single verifications of 2018 and 2019 with their status; never by a person's number. */
export const describeVerifyRecords: Operation<z.infer<typeof recordsRequest>, z.infer<typeof recordsAnswer>> = {
  action: 'DescribeVerifyRecords',
  version: VERSION,
  billed: false,
  request: recordsRequest,
  answer: recordsAnswer,
};
