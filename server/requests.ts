import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Answers a plain HTTP request: is the server alive, and the files. */
export function requestHandler(
  serveFile: (request: IncomingMessage, response: ServerResponse, path: string) => void,
): RequestListener {
  return (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return answer(response, 405, 'Method not allowed');
    }
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (path === '/healthz') return answer(response, 200, 'OK');
    serveFile(request, response, path);
  };
}

/** Answers with a status and a few words. */
export function answer(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
  response.end(words);
}
