import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import {
  filesUnder,
  keepSampleSubject,
  openSampleInstallation,
  SAMPLE_SUBJECT,
  sampleSubjects,
} from '../../support/sample-subject.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

/** What the sample subject has in the vaults: two certifications' pictures, and one in each of the other four. */
const DESTRUCTIONS = 6;
const SCRIPT = join(import.meta.dirname, '../../support/erase-until-killed.ts');

it.each([0, 1, 3, 5, DESTRUCTIONS])(
  'an erasure that is killed after %i of its destructions is finished at the next start',
  async (step) => {
    const folder = temporaryFolder();
    try {
      const first = openSampleInstallation(folder.path, systemClock);
      await keepSampleSubject(first, folder.path);
      first.close();
      const killed = spawnSync(NODE_24, [SCRIPT, folder.path, String(step)], { timeout: 60_000 });
      expect({ signal: killed.signal, stderr: killed.stderr.toString() }).toEqual({ signal: 'SIGKILL', stderr: '' });

      const installation = openSampleInstallation(folder.path, systemClock);
      const { desk, erasures } = sampleSubjects(installation, folder.path, systemClock);
      const isDone = step === DESTRUCTIONS;
      expect(expectOk(erasures.list(10))).toHaveLength(isDone ? 1 : 0);
      expect(expectOk(await desk.resume())).toBe(isDone ? 0 : 1);
      expect(expectOk(desk.kept(SAMPLE_SUBJECT))).toMatchObject({ records: 2, pictures: 0, waiting: 0, requests: 0 });
      const [kept] = expectOk(erasures.list(10));
      expect(kept?.receipt.body.erased).toEqual({ pictures: 2, waiting: 1, requests: 2 });
      expect(filesUnder(folder.path).filter((name) => name.endsWith('.vault'))).toEqual([
        join('evidence', sampleCertifyId(3), 'best-frames.vault'),
      ]);
      const { database, keys, identity } = installation;
      expect(expectOk(verifyAudit(database, keys.audit, identity.publicKey))).toMatchObject({ ok: true });
      installation.close();
    } finally {
      folder.remove();
    }
  },
);
