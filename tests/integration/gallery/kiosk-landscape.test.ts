import { kioskPass } from '../../support/gallery/kiosk-pass.ts';

// What a screen's elements are called doesn't depend on its shape: each shape stands for one look.
kioskPass(
  [
    { width: 1366, height: 768 },
    { width: 1920, height: 1080 },
  ],
  'lang=en&elder&dark',
);
