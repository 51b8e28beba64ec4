import { describe, expect, it } from 'vitest';
import { parseTraces, traceReference } from '../../../../src/main/verifiers/aliyun/traces-at-vendor.ts';
import { meta, PASSES, rehearse, reply } from './answering.ts';
import { CONTEXT } from './samples.ts';

const actions = (sent: readonly { method: string; headers: Readonly<Record<string, string>> }[]) =>
  sent.map(({ method, headers }) => headers['x-acs-action'] ?? method);

describe('what a call leaves behind', () => {
  it('has a reference that reads back', () => {
    for (const certifyId of ['sha1', null]) {
      for (const objectName of ['countersign/a-b.mp4', null]) {
        const traces = { certifyId, objectName };
        expect(parseTraces(traceReference(traces) ?? '')).toEqual(traces);
      }
    }
  });

  it('is deleted as soon as the answer is here', async () => {
    const { ask, sent } = rehearse(() => reply(PASSES['face-authority']));
    const answer = await ask('face-authority');
    expect(actions(sent)).toEqual(['ContrastFaceVerify', 'DeleteFaceVerifyResult']);
    expect(String(sent[1]?.body)).toBe('CertifyId=sha0001&DeleteAfterQuery=N');
    expect(answer).not.toHaveProperty('reference');
  });

  it('stays when it shall, until it is erased', async () => {
    const { ask, sent, verifier } = rehearse(() => reply(PASSES['face-authority']), { keepAtVendor: true });
    const answer = await ask('face-authority');
    expect(answer).toMatchObject({ kind: 'settled', reference: 'certify:sha0001' });
    expect(actions(sent)).toEqual(['ContrastFaceVerify']);
    expect(await verifier.erase('certify:sha0001', CONTEXT)).toEqual({ ok: true, value: 'erased' });
  });

  it('is told when it could not be deleted; the verdict stands', async () => {
    const refused = reply(meta({ DeleteResult: 'N', FailReason: 'NEED_QUERY_VERIFY_RESULT' }));
    const { ask, verifier } = rehearse(() => reply(PASSES['face-authority']), {}, refused);
    const answer = await ask('face-authority');
    expect(answer).toMatchObject({
      reference: 'certify:sha0001',
      outcome: { state: 'passed', detail: 'not erased yet: verifier.refused' },
    });
    expect(await verifier.erase('certify:sha0001', CONTEXT)).toMatchObject({ ok: false });
  });

  it('is a clip in our bucket for as long as the call lasts, whatever comes back', async () => {
    for (const body of [PASSES['video-authority'], '<h1>', meta({}, '500')]) {
      const { ask, sent } = rehearse(() => reply(body));
      const answer = await ask('video-authority');
      expect(actions(sent).slice(0, 2)).toEqual(['PUT', 'ContrastFaceVerify']);
      expect(actions(sent)).toContain('DELETE');
      const [put, call] = sent;
      const place = new URL(put!.url);
      expect(place.host).toBe('clips.oss-cn-shanghai.aliyuncs.com');
      const form = new URLSearchParams(String(call!.body));
      expect(`/${form.get('OssObjectName')}`).toBe(place.pathname);
      expect(answer).not.toHaveProperty('reference');
    }
  });

  it('of the older products can not be deleted', async () => {
    const verification = { api: '2018-09-16', biz: 'scene' } as const;
    const { verifier, sent } = rehearse(() => reply({}), { verification });
    expect(await verifier.erase('0'.repeat(32), CONTEXT)).toEqual({ ok: true, value: 'unsupported' });
    expect(sent).toEqual([]);
  });
});
