import { staffPass } from '../../support/gallery/staff-pass.ts';

staffPass('every admin page', {
  window: 'admin',
  sizes: [
    { width: 1366, height: 768 },
    { width: 1080, height: 1920 },
    { width: 1920, height: 1080 },
  ],
  fits: ['gate', 'normal', 'troubled'],
  keyboard: ['gate', 'normal'],
  pictures: ['gate', 'normal'],
});
