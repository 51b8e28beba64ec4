import { staffPass } from '../../support/gallery/staff-pass.ts';

// A second screen beside the counter, or the side panel of one.
staffPass('every clerk page', {
  window: 'clerk',
  sizes: [
    { width: 1366, height: 768 },
    { width: 1920, height: 1080 },
  ],
  keyboard: ['gate', 'normal'],
  pictures: ['gate', 'normal', 'running', 'two-persons'],
});
staffPass('every component', {
  window: 'ui',
  sizes: [{ width: 1366, height: 768 }],
  pictures: ['staff', 'public'],
});
