// Checks that only a page can make; the scenarios call them through `globalThis.checks`.
const { fixture } = globalThis;

const errorOf = async (act) => {
  try {
    await act();
    return 'no error';
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};

function isolation() {
  const strays = Object.getOwnPropertyNames(globalThis).filter((name) =>
    /standIn|ipcRenderer|contextBridge/i.test(name),
  );
  const frozen = [fixture, fixture.nested, fixture.nested.list, fixture.invoke].map(Object.isFrozen);
  const globals = ['require', 'process', 'module', '__standInPost', 'electron'].filter((name) => name in globalThis);
  return { strays, frozen, globals, nested: fixture.nested, argv: fixture.argv() };
}

async function values() {
  const bytes = new Uint8Array(100_000).map((_, index) => index * 31);
  const echoed = await fixture.invoke('echo', bytes.subarray(10));
  const sent = [
    undefined,
    null,
    NaN,
    -0,
    10n,
    new Date(86_400_000),
    new Map([['a', new Set([1])]]),
    new Float32Array([0.5, -2]),
    new Uint8Array([1, 2]).buffer,
    { $: 'escaped', deep: [{ undef: undefined }] },
    new RangeError('far'),
  ];
  const back = await fixture.invoke('echo', sent);
  return {
    sameBytes:
      echoed instanceof Uint8Array && echoed.length === 99_990 && echoed.every((byte, i) => byte === bytes[i + 10]),
    kinds: await fixture.invoke('kinds', sent),
    backKinds: back.map((value) => Object.prototype.toString.call(value)),
    minusZero: Object.is(back[3], -0),
    map: [...back[6]].map(([key, set]) => [key, [...set]]),
    floats: [...back[7]],
    buffer: [...new Uint8Array(back[8])],
    escaped: [back[9].$, 'undef' in back[9].deep[0]],
    error: [back[10].message, back[10] instanceof Error],
  };
}

async function failures() {
  return {
    refused: await errorOf(() => fixture.invoke('refuse')),
    unknown: await errorOf(() => fixture.invoke('nobody')),
    thrown: await errorOf(() => fixture.throwNow()),
    port: await errorOf(() => fixture.sendPort()),
    require: await errorOf(() => fixture.requireFile()),
  };
}

function events() {
  return new Promise((resolve) => {
    const seen = [];
    const stop = fixture.collectTicks(100, (index, bytes) => {
      seen.push([index, ...bytes]);
      if (seen.length < 100) return;
      stop();
      resolve(seen);
    });
  });
}

async function scheme() {
  const ranged = await fetch('/silence.wav', { headers: { range: 'bytes=40-47' } });
  const posted = await fetch('/echo', { method: 'POST', body: new Uint8Array([0, 200, 255]) });
  const audio = new Audio('/silence.wav');
  await new Promise((resolve, reject) => {
    audio.onloadedmetadata = resolve;
    audio.onerror = () => reject(new Error(audio.error.message));
  });
  const worker = new Worker('/worker.js', { type: 'module' });
  const fromWorker = await new Promise((resolve) => (worker.onmessage = (event) => resolve(event.data)));
  return {
    isSecureContext,
    csp: (await fetch('/index.html')).headers.get('content-security-policy'),
    evalBlocked: await errorOf(() => (0, eval)('1')),
    ranged: [ranged.status, ranged.headers.get('content-range'), (await ranged.arrayBuffer()).byteLength],
    posted: [posted.headers.get('x-method'), ...new Uint8Array(await posted.arrayBuffer())],
    address: await (await fetch('/address')).text(),
    missing: (await fetch('/nothing.js')).status,
    broken: await errorOf(() => fetch('/broken')),
    audioSeconds: audio.duration,
    fromWorker,
  };
}

async function camera() {
  return errorOf(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    for (const track of stream.getTracks()) track.stop();
  });
}

// How fast frames go up and results come down while a kiosk works.
async function throughput() {
  const frame = new Uint8Array(80_000);
  const startedAt = performance.now();
  for (let count = 0; count < 60; count++) await fixture.invoke('echo', frame);
  return { perSecond: 60_000 / (performance.now() - startedAt) };
}

let pressed = 0;
document.querySelector('#press').addEventListener('click', () => {
  document.querySelector('#pressed').textContent = String(++pressed);
});

globalThis.checks = { isolation, values, failures, events, scheme, camera, throughput };
fixture.say('page-ready', { width: innerWidth, height: innerHeight, screenWidth: screen.width });
