import type { CallContext } from '../contract.ts';
import { askFor, type AliyunClient } from './client.ts';
import {
  describePageFaceVerifyData,
  describeSmartStatisticsPageList,
  describeVerifyRecords,
} from './operations/statistics.ts';
import { createVerifySetting, detectFaceAttributes } from './operations/verify-2019.ts';

type RequestOf<Operation> = Operation extends { readonly request: { readonly _output: infer Request } }
  ? Request
  : never;

/** What an administrator asks of the account: scenes, counts, single records, and how good a picture is. */
export function aliyunAdministration(client: AliyunClient) {
  return {
    createScene: (request: RequestOf<typeof createVerifySetting>, context: CallContext) =>
      askFor(client, createVerifySetting, request, context),
    /** By day, scene and product; at most 90 days at once. */
    counts: (request: RequestOf<typeof describeSmartStatisticsPageList>, context: CallContext) =>
      askFor(client, describeSmartStatisticsPageList, request, context),
    faceCounts: (request: RequestOf<typeof describePageFaceVerifyData>, context: CallContext) =>
      askFor(client, describePageFaceVerifyData, request, context),
    /** Single verifications of 2018 and 2019, by status. */
    records: (request: RequestOf<typeof describeVerifyRecords>, context: CallContext) =>
      askFor(client, describeVerifyRecords, request, context),
    faceAttributes: (request: RequestOf<typeof detectFaceAttributes>, context: CallContext) =>
      askFor(client, detectFaceAttributes, request, context),
  };
}
