import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';

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
        input: { kiosk: resolve('src/preload/kiosk.ts'), admin: resolve('src/preload/admin.ts') },
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
      rollupOptions: {
        input: {
          kiosk: resolve('src/renderer/kiosk/index.html'),
          admin: resolve('src/renderer/admin/index.html'),
        },
      },
    },
  },
});
