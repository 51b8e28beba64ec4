import type { evidenceZhCN, livenessZhCN } from './liveness-zh-CN.ts';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** The words of the liveness part of the scene editor in English. */
export const livenessEn: Words<typeof livenessZhCN> = {
  title: 'Liveness',
  levels: 'Choose by level',
  level: { simple: 'Simple · silent', medium: 'Medium · actions', advanced: 'Advanced · digits' },
  modeTitle: 'How life is proven',
  mode: {
    light: 'Light',
    'light-blink': 'Light + blink',
    'light-action': 'Light + actions',
    'light-digits': 'Light + digits',
    action: 'Actions',
    digits: 'Digits',
    silent: 'Silent',
  },
  facts: '{{seconds}}. {{stops}}',
  seconds: {
    light: 'About 3 s',
    'light-blink': 'About 5 s',
    'light-action': 'About 7 s',
    'light-digits': 'About 10 s',
    action: '3 to 5 s',
    digits: 'About 7 s',
    silent: 'About 2 s',
  },
  stops: {
    light: 'Stops prints, screens and recorded videos; not a mask of true shape',
    'light-blink': 'Also stops masks whose eyes do not move',
    'light-action': 'Also stops masks and videos that can not do what is asked',
    'light-digits': 'Also compares the timing of voice and lips',
    action: 'Stops prints and recorded videos; not a face swapped live',
    digits: 'Stops prints and recorded videos; needs a quiet place and a microphone',
    silent: 'Stops plain prints and screens; unreliable against a prepared attacker',
  },
  notHere: 'Not available here: {{why}}',
  limit: {
    'no-recogniser': 'no speech model is installed, so only together with light',
    'recogniser-starting': 'speech recognition is still starting',
    'other-language': 'the speech model does not know the language, so only together with light',
    'no-voice-detector': 'nothing here detects a voice',
  },
  fallbackTitle: 'Where it can not be decided',
  fallbackLead:
    'Too bright, no microphone, or no flashing wanted: the next one is taken, in this order. The whole is as strong as its weakest.',
  noFallback: 'Nothing to turn to: undecided cases go to staff.',
  add: 'Add another way',
  choose: 'Choose…',
  full: 'At most {{n}}',
  moveUp: 'Move up: {{name}}',
  moveDown: 'Move down: {{name}}',
  remove: 'Remove: {{name}}',
  actionsTitle: 'Actions asked for in an action check',
  actionCount: '{{n}}',
  weak: 'Silent asks for nothing and proves little by itself. An attacker may also try to make the kiosk turn to it.',
  weakAccept: 'I know this and want to use it',
  weakNote: 'Only for low risk, with staff in sight',
  problem: {
    mode: 'Not available here; choose another',
    fallback: 'At most {{n}}, each once',
    weak: 'Confirm this before silent is used',
  },
};

export const evidenceEn: Words<typeof evidenceZhCN> = {
  title: 'Keep pictures',
  keep: { none: 'None', review: 'Where it failed or needs review', all: 'All' },
  keepNote: {
    none: 'Deleted at once; only the record stays',
    review: 'Encrypted, for staff to look at; erased with the record',
    all: 'Encrypted, passed ones too; make sure that notice and consent cover it',
  },
  clip: 'Record a short clip of the check',
  clipNote: 'Upright MP4 for cloud verifiers; kept only as chosen above',
};
