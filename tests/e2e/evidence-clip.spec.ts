import { readMp4 } from '../../src/main/clip/mp4-file.ts';
import type { LivenessPlan } from '../../src/shared/domain/liveness-mode.ts';
import { DEFAULT_SCENE } from '../../src/shared/domain/scene.ts';
import { bundleOf, expect, test, type Kiosk } from './kiosk-fixture.ts';

/** A certification of a living person in a scene that keeps everything, up to its record. */
async function certified({ visitor, records }: Kiosk): Promise<string> {
  await visitor.waitFor(['attract'], 60_000);
  await visitor.choose({ person: 'a', presentation: 'live', card: 'a' });
  await visitor.start();
  await expect(visitor.page.getByText('照片和视频可能加密保存').first()).toBeAttached();
  await visitor.consent({ capture: true, transmit: true });
  expect(await visitor.result(90_000)).toEqual({ state: 'passed', reason: 'ok.matched' });
  const { certifyId, attempts } = records().at(-1)!.record;
  const rates = attempts?.map(({ kind, measures }) => `${kind} ${String(measures['framesPerSecond'])}`);
  console.log(`pictures a second beside the clip: ${rates?.join(', ')}`);
  return certifyId;
}

function provisioned(liveness: LivenessPlan) {
  return { scene: { ...DEFAULT_SCENE, liveness, evidence: { keep: 'all', clip: true } as const } };
}

test('an upright video of the challenge is kept, encrypted, with the evidence', async ({ startKiosk }) => {
  const kiosk = await startKiosk({
    demo: true,
    provisioning: provisioned({ mode: 'action', fallback: [], actions: 1 }),
  });
  const certifyId = await certified(kiosk);
  await expect.poll(() => bundleOf(kiosk.dataFolder, certifyId, 'clip').then((parts) => parts?.length)).toBe(2);
  const [file, about] = (await bundleOf(kiosk.dataFolder, certifyId, 'clip'))!;
  expect(Buffer.from(file!.bytes).toString('latin1', 4, 8)).toBe('ftyp');
  const clip = readMp4(file!.bytes);
  expect(clip).toMatchObject({ ok: true, value: { videoCodec: 'h264', audioCodec: null, width: 480, height: 640 } });
  const { bytes, ...said } = clip.ok ? clip.value : { bytes: new Uint8Array() };
  expect(JSON.parse(new TextDecoder().decode(about!.bytes))).toEqual(said);
  console.log(`clip of an action: ${(bytes.length / 1e3).toFixed(0)} kB, ${JSON.stringify(said)}`);
});
