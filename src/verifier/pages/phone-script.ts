/**
 * The page's only script, as text: it runs in the phone's browser and is served as a file of its own. It shows one thing
 * after the other as the verifier says, and decides nothing.
 */
const SCREENS = String.raw`
  var base = location.pathname.replace(/\/+$/, '');
  var texts = {};
  function el(id) { return document.getElementById(id); }
  function word(key) { return texts[key] || ''; }
  function show(id) {
    ['notice', 'camera', 'message'].forEach(function (each) { el(each).hidden = each !== id; });
    window.scrollTo(0, 0);
  }
  function say(text) { if (text && el('say').textContent !== text) el('say').textContent = text; }
  function message(key, retry) {
    el('title').textContent = word(key + '.title');
    el('text').textContent = word(key + '.text');
    el('retry').hidden = !retry;
    el('message').className = 'message ' + (key.indexOf('camera') === 0 ? 'camera' : key.replace('.', '-'));
    show('message');
  }
  function send(path, method, type, body) {
    var options = { method: method, credentials: 'same-origin', cache: 'no-store' };
    if (body !== undefined) { options.body = body; options.headers = { 'content-type': type }; }
    return fetch(base + path, options).then(function (answer) {
      return answer.json().then(function (value) { return { status: answer.status, value: value }; });
    });
  }
`;

const CAMERA = String.raw`
  var video, stream = null, canvas = document.createElement('canvas'), sending = false, ended = false;
  function cameraProblem() {
    if (!window.isSecureContext) return 'insecure';
    var has = navigator.mediaDevices && navigator.mediaDevices.getUserMedia && canvas.toBlob;
    if (has) return null;
    return /MicroMessenger|AlipayClient|QQ\/|DingTalk|Weibo|FBAN|FBAV|Instagram|Line\//i.test(navigator.userAgent)
      ? 'in-app' : 'missing';
  }
  function stopCamera() {
    if (stream) stream.getTracks().forEach(function (track) { track.onended = null; track.stop(); });
    stream = null;
    if (video) video.srcObject = null;
    canvas.width = canvas.height = 1;
  }
  function cameraFailed(error) {
    var key = { NotAllowedError: 'denied', SecurityError: 'denied', NotReadableError: 'in-use', AbortError: 'in-use' };
    stopCamera();
    message('camera.' + (key[error && error.name] || 'missing'), true);
  }
  function startCamera() {
    show('camera');
    say(word('starting') + ' ' + word('allow'));
    var wanted = { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 960 }, frameRate: { ideal: 30 } };
    return navigator.mediaDevices.getUserMedia({ audio: false, video: wanted }).then(function (opened) {
      stream = opened;
      opened.getVideoTracks()[0].onended = function () { cameraFailed({ name: 'NotReadableError' }); };
      video.srcObject = opened;
      return video.play();
    }).then(loop, cameraFailed);
  }
  /* The middle of the picture, 3:4 upright; not mirrored. */
  function grab(longSide, quality, done) {
    var cut = Math.min(video.videoWidth, Math.floor(video.videoHeight * 3 / 4));
    var height = Math.min(longSide, Math.floor(cut * 4 / 3)), width = Math.floor(height * 3 / 4);
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
    var from = Math.floor(cut * 4 / 3);
    canvas.getContext('2d').drawImage(
      video, (video.videoWidth - cut) / 2, (video.videoHeight - from) / 2, cut, from, 0, 0, width, height);
    canvas.toBlob(done, 'image/jpeg', quality);
  }
`;

const FRAMES = String.raw`
  var sequence = 0, inFlight = 0, challenged = false, sentAt = 0, pauseUntil = 0, quality = 0.85, MOST = 100000;
  function loop() {
    var next = function () {
      if (ended || !stream) return;
      frame();
      if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(next);
      else requestAnimationFrame(next);
    };
    next();
  }
  function frame() {
    var now = performance.now();
    if (sending || now < pauseUntil || !video.videoWidth) return;
    if (inFlight >= (challenged ? 2 : 1) || now - sentAt < (challenged ? 45 : 110)) return;
    sending = true;
    sentAt = now;
    grab(challenged ? 640 : 960, quality, function (blob) {
      sending = false;
      if (!blob || ended) return;
      if (blob.size > MOST) { quality = Math.max(0.4, quality - 0.1); return; }
      post(blob, now);
    });
  }
  function post(blob, at) {
    inFlight += 1;
    send('/frame?sequence=' + sequence++ + '&at=' + at.toFixed(1), 'POST', 'image/jpeg', blob).then(function (answer) {
      inFlight -= 1;
      if (ended) return;
      if (answer.value.step) return take(answer.value);
      if (answer.status === 429) pauseUntil = performance.now() + 150;
      if (answer.status === 413) quality = Math.max(0.4, quality - 0.1);
    }, function () {
      inFlight -= 1;
      pauseUntil = performance.now() + 1000;
      if (!ended) say(word('lost'));
    });
  }
`;

const STEPS = String.raw`
  function take(step) {
    if (ended) return;
    if (step.step === 'over') { ended = true; stopCamera(); return message('end.' + step.why, false); }
    if (step.step === 'notice') { stopCamera(); return show('notice'); }
    if (!stream) return startCamera();
    challenged = step.step === 'challenge';
    el('oval').className = challenged || (step.step === 'position' && !step.hint) ? 'oval good' : 'oval';
    el('progress').value = challenged ? (step.index + step.done) / step.count : 0;
    if (step.step === 'position') return say(step.hint ? word('hint.' + step.hint) : word('hold'));
    if (step.step === 'wait') { pauseUntil = performance.now() + 2000; return say(word('wait')); }
    if (step.step === 'again') { pauseUntil = performance.now() + 1500; return say(word('tryAgain')); }
    if (step.action) return say(word('action.' + step.action));
    say(step.hint ? word('hint.' + step.hint) : word(step.kind === 'silent' ? 'silent' : 'rest'));
  }
  function agree() {
    var both = el('capture').checked && el('transmit').checked;
    el('both').hidden = both;
    if (!both) return el('both').scrollIntoView({ block: 'center' });
    var notice = el('notice');
    var body = { capture: true, transmit: true, version: notice.dataset.version, textHash: notice.dataset.hash };
    send('/agree', 'POST', 'application/json', JSON.stringify(body)).then(function (answer) {
      if (answer.value.step) take(answer.value);
    }, function () { el('both').textContent = word('lost'); el('both').hidden = false; });
  }
  function refuse() {
    send('/refuse', 'POST').then(function (answer) { if (answer.value.step) take(answer.value); }, function () {});
  }
  function open() {
    send('/open', 'POST').then(function (answer) { take(answer.value); }, function () { setTimeout(open, 2000); });
  }
  function begin() {
    video = el('video');
    Array.prototype.forEach.call(document.querySelectorAll('#words li'), function (item) {
      texts[item.dataset.key] = item.textContent;
    });
    el('agree').onclick = agree;
    el('refuse').onclick = el('stop').onclick = refuse;
    el('retry').onclick = startCamera;
    ['capture', 'transmit'].forEach(function (id) { el(id).onchange = function () { el('both').hidden = true; }; });
    var problem = cameraProblem();
    if (problem) return message('camera.' + problem, false);
    open();
    /* Whoever reads the notice for long, or holds no camera to it, still learns that the kiosk doesn't wait. */
    setInterval(function () {
      if (ended || inFlight) return;
      send('/step', 'GET').then(function (answer) { if (answer.value.step === 'over') take(answer.value); }, function () {});
    }, 5000);
  }
  begin();
`;

export const PHONE_SCRIPT = `(function () {\n'use strict';${SCREENS}${CAMERA}${FRAMES}${STEPS}})();\n`;
