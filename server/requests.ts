import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Something that must be so for the server to be ready for clients. */
export interface ReadyCheck {
  /** The reason in a word or two, for the operator. */
  name: string;
  ready(): boolean | Promise<boolean>;
}

/** Answers one kind of request. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => void | Promise<void>;

/**
 * Answers plain HTTP requests.
 * @param routes what is answered at which path
 * @param others answers at any other
 */
export function requestHandler(
  routes: ReadonlyMap<string, Answer>,
  others: Answer,
): RequestListener {
  return (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return answer(response, 405, 'Method not allowed');
    }
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    void (routes.get(path) ?? others)(request, response, path);
  };
}

/** Whether the process lives at all: pages of any site may ask, to tell who is refused from who is alone. */
export const healthz: Answer = (_, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  answer(response, 200, 'OK');
};

/** Whether the server may be sent clients. */
export function readyz(checks: readonly ReadyCheck[]): Answer {
  return async (_, response) => {
    const failed = await Promise.all(
      checks.map(async (check) => ((await isReady(check)) ? [] : check.name)),
    );
    const words = failed.flat().join(', ');
    answer(response, words ? 503 : 200, words ? `Not ready: ${words}` : 'OK');
  };
}

async function isReady(check: ReadyCheck): Promise<boolean> {
  try {
    return await check.ready();
  } catch {
    return false;
  }
}

/** Nothing is here. */
export const notFound: Answer = (_, response) => answer(response, 404, 'Not found');

/** Answers with a status and a few words. */
export function answer(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
  response.end(words);
}
