import { z } from 'zod';

/** The versions of the API that are still served at one address. */
export type ApiVersion = '2018-09-16' | '2019-03-07';

/**
 * One operation as the vendor calls it, with its parameters and answer by the vendor's names. `request` holds the
 * limits that are checked before anything is sent; `answer` takes fields that it doesn't know.
 */
export interface Operation<Request, Answer> {
  readonly action: string;
  readonly version: ApiVersion;
  /** Whether a call that was carried out may cost money, so that a lost answer is a question for a clerk. */
  readonly billed: boolean;
  readonly request: z.ZodType<Request>;
  readonly answer: z.ZodType<Answer>;
}

/** Numbers and words come either way, depending on the operation and its version. */
export const word = z.union([z.string().max(400), z.number()]).transform(String);

/** A number that may come as text; nothing else is one. */
export const number = z
  .union([z.number(), z.string().regex(/^-?\d{1,12}(\.\d{1,20})?$/)])
  .transform(Number)
  .pipe(z.number());

/** An answer of the operations that have `ResultObject`. */
export function resultObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ ResultObject: z.object(shape) });
}

/** An answer of the version of 2018, which has `Data`. */
export function dataObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ Data: z.object(shape) });
}

const MAX_NAME_LENGTH = 60;

/** `OuterOrderNo`: up to 32 letters and digits. */
export const orderNumber = z.string().regex(/^[0-9A-Za-z]{1,32}$/);
/** `TicketId` and `BizId`: one per verification. */
export const ticket = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/);
/** `Biz` and `BizType`: what the console calls a scene's mark. */
export const sceneMark = z.string().regex(/^[0-9A-Za-z-]{1,20}$/);
export const sceneId = z.int().positive();
export const personName = z.string().min(1).max(MAX_NAME_LENGTH);
export const identityNumber = z.string().regex(/^\d{17}[\dX]$/);
export const mobileNumber = z.string().regex(/^1\d{10}$/);
export const bankCardNumber = z.string().regex(/^\d{12,19}$/);
/** `yyyyMMdd` */
export const compactDay = z.string().regex(/^\d{8}$/);
export const certifyId = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/);
export const bucketName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
export const objectName = z.string().min(1).max(200);

/** A picture in base64: the vendor's limit of 1 MB is about this text. */
export const pictureBase64 = z
  .string()
  .max(999_999)
  .regex(/^[0-9A-Za-z+/]+={0,2}$/);

/** Two megabytes in base64, and what stands before them. */
export const MAX_PICTURE_ADDRESS = 2_800_000;
/** Where the versions of 2018 and 2019 find a picture: in the request, in a bucket, or at a public address. */
export const pictureAddress = z
  .string()
  .max(MAX_PICTURE_ADDRESS)
  .regex(/^(base64:\/\/[0-9A-Za-z+/]+={0,2}|oss:\/\/[^\s:]+:[^\s]+|https?:\/\/[^\s]+)$/);

/** A request's body may have 8 MB in the versions of 2018 and 2019; nothing larger is sent anywhere. */
export const MAX_BODY_BYTES = 8_000_000;
