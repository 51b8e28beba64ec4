import { ALIYUN_SCHEMES } from './schemes/aliyun.ts';
import { ALIYUN_FINANCIAL_SCHEMES } from './schemes/aliyun-financial.ts';
import { COUNTERSIGN_SCHEMES } from './schemes/countersign.ts';
import { ELEMENT_SCHEMES } from './schemes/elements.ts';
import { FACEIN_SCHEMES } from './schemes/facein.ts';
import { TENCENT_SCHEMES } from './schemes/tencent.ts';
import type { Scheme } from './scheme.ts';

/** Every scheme that comes with the program; an administrator picks one, or copies it and changes the copy. */
export const PRESET_SCHEMES: readonly Scheme[] = [
  ...COUNTERSIGN_SCHEMES,
  ...ALIYUN_SCHEMES,
  ...ALIYUN_FINANCIAL_SCHEMES,
  ...TENCENT_SCHEMES,
  ...FACEIN_SCHEMES,
  ...ELEMENT_SCHEMES,
];

/** Undefined for an id that no preset has, which includes those of composed schemes. */
export function presetScheme(id: string): Scheme | undefined {
  return PRESET_SCHEMES.find((scheme) => scheme.id === id);
}

/** A preset, or one of those that an administrator has composed; undefined where there is none of this id. */
export function findScheme(id: string, composed: readonly Scheme[]): Scheme | undefined {
  return presetScheme(id) ?? composed.find((scheme) => scheme.id === id);
}
