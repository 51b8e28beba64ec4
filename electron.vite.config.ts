import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';

/** Files of `src`, by their names without an ending. */
function ownFiles(...names: readonly string[]): RegExp {
  return new RegExp(`/src/(?:${names.join('|')})\\.`);
}

// What a window of the staff needs before somebody has signed in, in few files: each file that a page asks for costs it
// more time than the few kilobytes that it doesn't need.
const BASE = [
  /\/node_modules\/(?:react|react-dom|scheduler)\//,
  /vite\/preload-helper/,
  ownFiles('shared/(?:result|reasons|clock|assert-never)', 'shared/domain/brand-(?:colours|default)'),
  ownFiles('renderer/ui/(?:use-theme|apply-brand)'),
];
const STAFF_DOOR = [
  /\/resources\/locales\/[^/]+\/staff\//,
  ownFiles('renderer/staff/(?:staff-(?:door|words|translation)|door-frame|sign-in|locked-out|credentials-fields)'),
  ownFiles('renderer/staff/(?:secret-fields|who|find-name|first-problem|failure-note|minutes|use-countdown|use-gate)'),
  ownFiles(
    'renderer/i18n/(?:few-words|staff-words-.*)',
    'renderer/ui/(?:choice|field)',
    'shared/domain/staff-name-fold',
  ),
];
const ADMIN_DOOR = [
  /\/resources\/locales\/[^/]+\/admin\/app\.json/,
  ownFiles('renderer/admin/(?:language|answers|environment|revision-scope|drafts|brand/brand-context)'),
  ownFiles('renderer/admin/(?:shell/(?:language-switch|site-mark)|words/door-words|parts/choice)'),
];

function group(name: string, files: readonly RegExp[], priority: number) {
  return { name, priority, test: (id: string) => files.some((file) => file.test(id.replaceAll('\\', '/'))) };
}

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          inference: resolve('src/main/inference/worker.ts'),
          device: resolve('src/main/card-reader/worker.ts'),
          speech: resolve('src/main/speech/worker.ts'),
          photo: resolve('src/main/card-reader/photo-library/worker.ts'),
          cli: resolve('src/cli/main.ts'),
          verifier: resolve('src/verifier/main.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      isolatedEntries: true,
      rollupOptions: {
        input: {
          kiosk: resolve('src/preload/kiosk.ts'),
          admin: resolve('src/preload/admin.ts'),
          clerk: resolve('src/preload/clerk.ts'),
        },
        // A sandboxed preload must be a CommonJS file without shared chunks.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      minify: true,
      // Read from the disk of the same machine: one file is better than many.
      chunkSizeWarningLimit: 1500,
      // For browsers that don't know it; the one that the product brings does.
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: {
          kiosk: resolve('src/renderer/kiosk/index.html'),
          admin: resolve('src/renderer/admin/index.html'),
          clerk: resolve('src/renderer/clerk/index.html'),
        },
        output: {
          codeSplitting: {
            groups: [group('base', BASE, 3), group('door', STAFF_DOOR, 2), group('admin-door', ADMIN_DOOR, 1)],
          },
        },
      },
    },
  },
});
