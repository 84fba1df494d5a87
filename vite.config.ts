import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.join(import.meta.dirname, 'apps/web');

export default defineConfig({
  root,
  plugins: [react(), tailwindcss()],
  // The server puts each answer's nonce in this place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: path.join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    // The web app, and the page of public forms, which strangers load without it.
    rolldownOptions: { input: { main: path.join(root, 'index.html'), form: path.join(root, 'form.html') } },
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // Inlined data: addresses would need a hole in the content policy.
    assetsInlineLimit: 0,
    // The editor of notes is larger than the usual 500 kB; it loads when a note is opened.
    chunkSizeWarningLimit: 600,
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['HOLDFAST_API'] ?? 'http://localhost:3000', ws: true } },
  },
});
