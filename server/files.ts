import { realpath } from 'node:fs/promises';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import send from 'send';
import { readOrigin } from './origins.js';
import { answer, notFound, type Answer } from './requests.js';

/** The folder of the kit's package, wherever it is installed. */
const kit = dirname(fileURLToPath(import.meta.resolve('rtc-widgets/package.json')));

export const defaultWebRoot = join(kit, 'demo');
export const defaultKitRoot = join(kit, 'dist');

interface FileOptions {
  webRoot: string;
  kitRoot: string;
  /** Origins of the pages that may frame these, besides their own; `*` for all. */
  frameAncestors?: readonly string[] | undefined;
}

/** The kit's files, and no other of its folder. */
const ofTheKit = /^\/(rtc-widgets\.js|chunks\/[\w.-]+\.js)$/;

/** The pages need no more than this: no inline script or style, no markup made from text. */
const PAGE_POLICY = "default-src 'self'; require-trusted-types-for 'script'";

const ONE_YEAR = 31_536_000;

/**
 * Serves the pages at `/`, and the kit to pages of any origin.
 * @throws {Error} in words, when one of the origins that may frame pages is none
 */
export function fileServer({ webRoot, kitRoot, frameAncestors = [] }: FileOptions): Answer {
  const documentPolicy = `${PAGE_POLICY}; frame-ancestors ${ancestors(frameAncestors)}`;

  return async (request, response, path) => {
    const kit = ofTheKit.test(path);
    const root = kit ? kitRoot : webRoot;
    if (await leadsOut(root, path)) return notFound(request, response, path);
    if (kit) response.setHeader('Access-Control-Allow-Origin', '*');
    else response.setHeader('Content-Security-Policy', PAGE_POLICY);

    send(request, path, {
      root,
      dotfiles: 'ignore',
      extensions: ['html'],
      cacheControl: false,
    })
      .on('headers', (found: ServerResponse, file: string) => {
        if (/\.html?$/i.test(file)) found.setHeader('Content-Security-Policy', documentPolicy);
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

/** Sources as Content-Security-Policy lists them (CSP Level 3, section 6.4.2). */
function ancestors(listed: readonly string[]): string {
  if (listed.includes('*')) return '*';
  const origins = listed.map((text) => {
    const origin = readOrigin(text);
    // Would end the directive, or is no source in it.
    if (origin === 'null' || /[;,']/.test(origin)) {
      throw new Error(`Pages are framed by an origin, https://site.example say, or *: "${text}"`);
    }
    return origin;
  });
  return ["'self'", ...origins].join(' ');
}

/** Whether a link leads out of the folder, from any file that `send` may find by this path. */
async function leadsOut(root: string, path: string): Promise<boolean> {
  const file = join(root, decoded(path));
  const [folder, ...files] = await Promise.all(
    [root, file, `${file}.html`, join(file, 'index.html')].map((each) =>
      realpath(each).catch(() => undefined),
    ),
  );
  return files.some((found) => {
    if (folder === undefined || found === undefined) return false;
    const way = relative(folder, found);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  });
}

/** A path that cannot be read leads nowhere, and `send` says so. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
