import type { FaceReturn } from '../../../shared/domain/face-return.ts';
import type { FaceReturnStatus, PrivacyStatus } from '../../../shared/ipc/admin-schemes.ts';
import { failure } from '../../../shared/reasons.ts';
import type { GalleryCase } from './gallery-case.ts';
import { NOW_MS } from './fixture-records.ts';

type Deletion = PrivacyStatus['deletions'][number];

/** One deletion; the higher the index, the older. */
export function fixtureDeletion(
  index: number,
  why: 'withdrawn' | 'operator',
  verifier: Deletion['verifier'],
): Deletion {
  return {
    receiptHash: '7ab0c4'.repeat(11).slice(0, 64),
    verifier,
    receipt: {
      body: {
        v: 1,
        deletionId: `019aa0c0-0000-7000-8000-0000000077${String(index).padStart(2, '0')}`,
        deviceId: 'dev-7Q4K2',
        subjectKey: 'cd'.repeat(32),
        erased: { pictures: 3, waiting: index, requests: 1 },
        remaining: { records: 4, untilMs: NOW_MS + 900 * 86_400_000 },
        why,
        erasedAtMs: NOW_MS - 60_000 - index * 86_400_000,
      },
      device: { keyId: 'dev-7Q4K2#1', signature: 'A'.repeat(86) },
    },
  };
}

export function fixturePrivacy(which: GalleryCase): PrivacyStatus {
  if (which === 'empty') {
    return {
      storedSubjects: 0,
      filingLimit: 100_000,
      overdue: 0,
      nextErasureAtMs: null,
      oldestRecordAtMs: null,
      unfinished: [],
      deletions: [],
    };
  }
  const isTroubled = which === 'troubled';
  return {
    storedSubjects: isTroubled ? 87_412 : 1_204,
    filingLimit: 100_000,
    overdue: isTroubled ? 3 : 0,
    nextErasureAtMs: NOW_MS + 5 * 3_600_000,
    oldestRecordAtMs: NOW_MS - 412 * 86_400_000,
    unfinished: isTroubled
      ? [
          {
            deletionId: '019aa0c0-0000-7000-8000-000000007799',
            beganAtMs: NOW_MS - 2 * 3_600_000,
            why: 'withdrawn',
            found: { pictures: 3, waiting: 1, requests: 0 },
            withVerifier: true,
          },
        ]
      : [],
    deletions: [
      fixtureDeletion(0, 'withdrawn', isTroubled ? 'queued' : 'erased'),
      fixtureDeletion(1, 'operator', 'none'),
      fixtureDeletion(2, 'withdrawn', 'erased'),
    ],
  };
}

export function fixtureFaceReturn(which: GalleryCase, destination?: FaceReturn | null): FaceReturnStatus {
  const usual: FaceReturn = {
    kind: 'oss',
    endpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
    region: 'cn-hangzhou',
    bucket: 'branch-faces',
    prefix: 'faces/2026/',
  };
  const isEmpty = which === 'empty';
  const isTroubled = which === 'troubled';
  const chosen = destination === undefined ? (isEmpty ? null : usual) : destination;
  return {
    destination: chosen,
    hasKeys: chosen !== null && chosen.kind !== 'folder',
    waiting: isTroubled ? 12 : 0,
    sent: isEmpty ? 0 : 418,
    lastFailure: isTroubled ? failure('face-return.refused', 'HTTP 403 AccessDenied') : null,
  };
}
