import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import manifest from '../package.json' with { type: 'json' };
import { precompress } from './precompress.ts';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What `npm run dev` does not answer itself, the service does. */
const service = `http://127.0.0.1:${process.env.PORT || '8080'}`;

export default defineConfig({
  root: fromHere('.'),
  define: { __VERSION__: JSON.stringify(manifest.version) },
  plugins: [react(), precompress()],
  server: { proxy: { '/config.json': service, '/v1': service } },
  build: {
    outDir: fromHere('../dist/page'),
    emptyOutDir: true,
    // The content security policy allows no data: addresses
    assetsInlineLimit: 0,
    // In the image for whoever reads a stack; the service does not hand them out
    sourcemap: 'hidden',
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/testing/setup.ts'],
    // Nothing that works takes as long, also on a busy runner
    testTimeout: 60_000,
    reporters: ['default', ['junit', { outputFile: fromHere('../reports/junit-page.xml') }]],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/main.tsx', 'src/globals.d.ts', 'src/testing/**', 'src/**/*.test.{ts,tsx}'],
      reportsDirectory: fromHere('../coverage/page'),
      reporter: ['text', 'json'],
      thresholds: { lines: 80, functions: 80, branches: 80 },
    },
  },
});
