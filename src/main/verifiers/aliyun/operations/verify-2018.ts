import { z } from 'zod';
import {
  dataObject,
  MAX_PICTURE_ADDRESS,
  identityNumber,
  mobileNumber,
  number,
  personName,
  pictureAddress,
  sceneMark,
  ticket,
  type Operation,
} from './operation.ts';

const VERSION = '2018-09-16';

const text = z.string().max(2_000).optional();

const ticketFields = { Biz: sceneMark, TicketId: ticket };
const ticketRequest = z.strictObject(ticketFields);
type TicketRequest = z.infer<typeof ticketRequest>;

/** What is known of the person before the vendor's page or client is opened. */
export const bindingSchema = z.strictObject({
  Name: personName.optional(),
  IdentificationNumber: identityNumber.optional(),
  IdCardFrontPic: pictureAddress.optional(),
  IdCardBackPic: pictureAddress.optional(),
  FacePic: pictureAddress.optional(),
  /** The portrait of the card's chip. */
  IDPic: pictureAddress.optional(),
  FaceRetainedPic: pictureAddress.optional(),
});
const tokenRequest = z.strictObject({
  ...ticketFields,
  /** JSON of `bindingSchema`. */
  Binding: z.string().max(7_500_000).optional(),
});
const tokenAnswer = dataObject({
  VerifyToken: z.object({
    Token: z.string().min(1).max(200),
    /** Seconds; named one way in the tables and another in the examples. */
    DurationSeconds: number.optional(),
    Expire: number.optional(),
  }),
  CloudauthPageUrl: z.url().max(2_000).optional(),
});
/** A token for the vendor's page or client; fetched for every try, good for half an hour. */
export const getVerifyToken: Operation<z.infer<typeof tokenRequest>, z.infer<typeof tokenAnswer>> = {
  action: 'GetVerifyToken',
  version: VERSION,
  billed: false,
  request: tokenRequest,
  answer: tokenAnswer,
};

const statusFields = {
  StatusCode: number,
  SimilarityScore: number.optional(),
  MaterialScore: number.optional(),
  AuditConclusions: z.string().max(2_000).nullish(),
};
const statusAnswer = dataObject(statusFields);
/** What became of a ticket. */
export const getStatus: Operation<TicketRequest, z.infer<typeof statusAnswer>> = {
  action: 'GetStatus',
  version: VERSION,
  billed: false,
  request: ticketRequest,
  answer: statusAnswer,
};

const materialsAnswer = dataObject({
  Name: text,
  IdentificationNumber: text,
  IdCardType: text,
  IdCardStartDate: text,
  IdCardExpiry: text,
  /** JSON. */
  Address: text,
  Sex: text,
  EthnicGroup: text,
  /** Addresses of pictures are good for one hour. */
  IdCardFrontPic: text,
  IdCardBackPic: text,
  FacePic: text,
});
/** What the person handed in; only once a ticket has passed or failed. */
export const getMaterials: Operation<TicketRequest, z.infer<typeof materialsAnswer>> = {
  action: 'GetMaterials',
  version: VERSION,
  billed: false,
  request: ticketRequest,
  answer: materialsAnswer,
};

/** What can be submitted, at most ten at a time. The phone number only helps to judge risk. */
export const materialsSchema = bindingSchema
  .omit({ FaceRetainedPic: true })
  .extend({ Mobile: mobileNumber.optional() });
export type SubmittedMaterials = z.infer<typeof materialsSchema>;

/** `Material.1.MaterialType=…&Material.1.Value=…`, as the vendor numbers them. */
export function numberedMaterials(materials: SubmittedMaterials): Record<string, string> {
  const given = Object.entries(materials).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(
    given.flatMap(([type, value], index) => [
      [`Material.${index + 1}.MaterialType`, type],
      [`Material.${index + 1}.Value`, value],
    ]),
  );
}

/** Numbered materials and the fields around them, each with its form. */
function submission(fields: Readonly<Record<string, z.ZodString>>) {
  const names = Object.keys(fields).join('|');
  const name = z.string().regex(new RegExp(`^(${names}|Material\\.([1-9]|10)\\.(MaterialType|Value))$`));
  const isWhole = (request: Readonly<Record<string, unknown>>) =>
    Object.entries(fields).every(([field, form]) => form.safeParse(request[field]).success);
  return z.record(name, z.string().max(MAX_PICTURE_ADDRESS)).refine(isWhole, names);
}

const submitAnswer = dataObject({ VerifyStatus: z.object(statusFields) });

const submitByTokenRequest = submission({ VerifyToken: z.string().min(1).max(200) });
/** Hands in what our own screens took, for a token. */
export const submitMaterials: Operation<Record<string, string>, z.infer<typeof submitAnswer>> = {
  action: 'SubmitMaterials',
  version: VERSION,
  billed: true,
  request: submitByTokenRequest,
  answer: submitAnswer,
};

const submitRequest = submission(ticketFields);
/** The same without a token: a ticket is enough. */
export const submitVerification: Operation<Record<string, string>, z.infer<typeof submitAnswer>> = {
  action: 'SubmitVerification',
  version: VERSION,
  billed: true,
  request: submitRequest,
  answer: submitAnswer,
};

const compareRequest = z
  .strictObject({
    SourceImageType: z.enum(['FacePic', 'IDPic']),
    SourceImageValue: pictureAddress,
    TargetImageType: z.enum(['FacePic', 'IDPic']),
    TargetImageValue: pictureAddress,
  })
  .refine(({ SourceImageType, TargetImageType }) => [SourceImageType, TargetImageType].includes('FacePic'));
export type CompareFacesRequest = z.infer<typeof compareRequest>;
const compareAnswer = dataObject({
  SimilarityScore: number,
  /** JSON: shares of wrong acceptances with the score that goes with each; other ones every time. */
  ConfidenceThresholds: z.string().max(2_000),
});
/** Two pictures with each other; one may be the portrait of a card's chip. */
export const compareFaces2018: Operation<CompareFacesRequest, z.infer<typeof compareAnswer>> = {
  action: 'CompareFaces',
  version: VERSION,
  billed: true,
  request: compareRequest,
  answer: compareAnswer,
};
export const compareFaces2019: typeof compareFaces2018 = { ...compareFaces2018, version: '2019-03-07' };
