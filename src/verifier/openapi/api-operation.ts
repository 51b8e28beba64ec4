import type { ApiSchemaName } from './api-schemas.ts';

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One operation of the interface, as people and generators need it. */
export interface ApiOperation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly asker: 'anybody' | 'device' | 'operator' | 'device-or-operator';
  readonly parameters?: readonly ApiParameter[];
  /** `piece`: bytes of an artifact. */
  readonly body?: ApiSchemaName | 'piece';
  readonly answer: ApiSchemaName | 'text' | 'page' | 'object';
  /** What the answer is when it isn't 200. */
  readonly also?: Readonly<Record<string, string>>;
}
