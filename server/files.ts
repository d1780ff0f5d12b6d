import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import send from 'send';
import { packageRoot } from './package-root.js';
import { answer } from './requests.js';

export const defaultWebRoot = join(packageRoot, 'demo');
export const defaultKitRoot = join(packageRoot, 'dist');

/** The kit's files, and no other of its folder. */
const ofTheKit = /^\/(rtc-widgets\.js|chunks\/[\w.-]+\.js)$/;

/** The pages need no more than this: no inline script or style, no markup made from text. */
const PAGE_POLICY = "default-src 'self'; require-trusted-types-for 'script'";

const ONE_YEAR = 31_536_000;

/** Serves the pages at `/`, and the kit to pages of any origin. */
export function fileServer({ webRoot, kitRoot }: { webRoot: string; kitRoot: string }) {
  return (request: IncomingMessage, response: ServerResponse, path: string): void => {
    const kit = ofTheKit.test(path);
    if (kit) response.setHeader('Access-Control-Allow-Origin', '*');
    else response.setHeader('Content-Security-Policy', PAGE_POLICY);

    send(request, path, {
      root: kit ? kitRoot : webRoot,
      dotfiles: 'ignore',
      extensions: ['html'],
      cacheControl: false,
    })
      .on('headers', (found: ServerResponse) => {
        // A chunk's name tells its content; everything else is asked for anew, by its ETag.
        const chunk = kit && path.startsWith('/chunks/');
        found.setHeader(
          'Cache-Control',
          chunk ? `public, max-age=${ONE_YEAR}, immutable` : 'no-cache',
        );
      })
      .on('error', ({ status = 500 }: { status?: number }) => {
        answer(response, status, STATUS_CODES[status] ?? 'Error');
      })
      .pipe(response);
  };
}
