import type { FakeAccount } from '../contract.ts';
import type { WholeRequest } from '../vendor-model.ts';
import type { CaseMemory } from './case-memory.ts';

export type Parameters = Readonly<Record<string, string>>;

/** One call after its signature was accepted. */
export interface AliyunCall {
  readonly parameters: Parameters;
  readonly version: string;
  /** The code that a script asks for; null: the usual answer. */
  readonly scripted: string | null;
  readonly memory: CaseMemory;
  readonly request: WholeRequest;
  /** Whose keys a caller is lent for putting pictures to the store of the same address. */
  readonly account: FakeAccount;
  /** An object that was put to the store of the same address. */
  readonly storedObject: (bucket: string, name: string) => Buffer | null;
}

export interface AliyunAnswer {
  /** What was decided, by the vendor's code. */
  readonly code: string;
  readonly billed: boolean;
  /** 200 unless told. */
  readonly status?: number;
  /** The body without `RequestId`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ApiVersion = '2018-09-16' | '2019-03-07';

export interface AliyunOperation {
  readonly versions: readonly ApiVersion[];
  readonly required: readonly string[];
  /** Codes beside those that every call can be refused with. */
  readonly codes: readonly string[];
  /** How a missing parameter is answered. */
  readonly missing: '400' | 'InvalidParam.ParamMissing' | 'InvalidParameter';
  answer(call: AliyunCall): AliyunAnswer;
}
