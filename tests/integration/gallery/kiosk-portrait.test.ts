import { kioskPass } from '../../support/gallery/kiosk-pass.ts';

kioskPass([{ width: 1080, height: 1920 }], 'lang=zh-CN&demo');
