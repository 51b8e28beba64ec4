import { BILLED, codeTable, CONFIRMED, FREE, group, type CodeMeaning } from './code-meaning.ts';

/** The person hasn't finished: not a result. */
export const UNFINISHED_CODE = '17';

/**
 * Numbers that flows on the vendor's own page or in its app end with (cloud.tencent.com/document/product/1007/31082 and
 * 101997; the general and the lip codes as its international documents word them, product/1061/55390). Where the lists
 * of page and app bill the same number differently, `billed` is null.
 */
export const HOSTED_RESULTS: ReadonlyMap<string, CodeMeaning> = codeTable(
  [['0', CONFIRMED]],
  group('verifier.misconfigured', 'configuration', FREE, [1, 2, 3]),
  group('source.unavailable', 'service', FREE, [4, 8, 9, 10, 11, 202]),
  group('verification.expired', 'capture', FREE, [14, 15]),
  group('verification.abandoned', 'capture', FREE, [16]),

  group('source.unavailable', 'service', FREE, [1001, 1105]),
  group('liveness.spoof-suspected', 'none', null, [1002, 2011]),
  group('material.clip-unfit', 'capture', null, [1003, 1005]),
  group('capture.no-face', 'capture', FREE, [1004]),
  group('capture.no-speech', 'capture', FREE, [1101, 1103, 1106]),
  group('material.clip-unfit', 'capture', FREE, [1102, 1104, 1107, 1108]),
  group('capture.action-not-done', 'capture', FREE, [1109]),
  group('capture.too-dark', 'capture', null, [1201]),
  group('capture.too-bright', 'capture', FREE, [1202]),

  group('identity.invalid', 'none', FREE, [2002, 2003]),
  group('identity.not-found', 'none', FREE, [2005]),
  group('identity.mismatch', 'none', BILLED, [2006]),
  group('source.no-photo', 'none', FREE, [2007, 2008]),
  group('source.photo-unusable', 'none', FREE, [2009]),
  group('capture.several-faces', 'capture', FREE, [2012]),
  group('material.picture-unfit', 'capture', FREE, [2013]),
  group('face.low-similarity', 'none', null, [2015]),
  group('face.low-similarity', 'none', BILLED, [2016]),
  group('source.unavailable', 'service', null, [2017]),
);
