import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer, type RunningServer } from './index.js';

describe('files', () => {
  const root = mkdtempSync(join(tmpdir(), 'rtc-widgets-'));
  let server: RunningServer;

  before(async () => {
    const files = {
      'web/index.html': '<h1>Home</h1>',
      'web/video.html': '<h1>Video</h1>',
      'web/demo.css': 'h1 { color: red }',
      'web/.secret': 'secret',
      'web/.git/config': 'secret',
      'kit/rtc-widgets.js': 'export {}',
      'kit/chunks/chat-abc123.js': 'export {}',
      'kit/chunks/.hidden.js': 'secret',
      'kit/server/main.js': 'secret',
      'kit/rtc-widgets.js.map': 'secret',
      secret: 'secret',
    };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    const [webRoot, kitRoot] = [join(root, 'web'), join(root, 'kit')];
    server = await createServer({ host: '127.0.0.1', port: 0, webRoot, kitRoot });
  });
  after(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });

  const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

  /** Asks for a path exactly as it is, which fetch would tidy up first. */
  const getRaw = (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      request({ port: server.port, host: '127.0.0.1', path }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode!, body }));
      })
        .on('error', reject)
        .end();
    });

  it('answers a plain request with the first page', async () => {
    const response = await get('/');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(await response.text(), '<h1>Home</h1>');
  });

  it('serves pages, with and without their ending', async () => {
    for (const path of ['/video.html', '/video', '/video.html?peer=bob']) {
      assert.equal(await (await get(path)).text(), '<h1>Video</h1>');
    }
  });

  const policy = "default-src 'self'; require-trusted-types-for 'script'";

  it('serves pages under a strict policy, framed by themselves only', async () => {
    const of = async (path: string) => (await get(path)).headers.get('content-security-policy');
    for (const path of ['/', '/video', '/video.html']) {
      assert.equal(await of(path), `${policy}; frame-ancestors 'self'`);
    }
    for (const path of ['/nothing.html', '/demo.css']) assert.equal(await of(path), policy);
    assert.equal(await of('/rtc-widgets.js'), null);
  });

  it('lets pages of other sites frame its own where they are listed', async (t) => {
    for (const [frameAncestors, sources] of [
      [
        ['https://site.example', 'HTTPS://Other.example:443/'],
        `'self' https://site.example https://other.example`,
      ],
      [['https://site.example', '*'], '*'],
    ] as const) {
      const [webRoot, kitRoot] = [join(root, 'web'), join(root, 'kit')];
      const framed = await createServer({ port: 0, webRoot, kitRoot, frameAncestors });
      t.after(() => framed.close());
      assert.equal(
        (await fetch(framed.url)).headers.get('content-security-policy'),
        `${policy}; frame-ancestors ${sources}`,
      );
    }
    for (const wrong of [
      'site.example',
      'null',
      "https://a;script-src'",
      'https://a.example/b',
      '',
    ]) {
      await assert.rejects(createServer({ port: 0, frameAncestors: [wrong] }), /say/, wrong);
    }
  });

  it('follows links inside its folders, and none that leads out', async (t) => {
    mkdirSync(join(root, 'links/sub'), { recursive: true });
    mkdirSync(join(root, 'links-beside'), { recursive: true });
    mkdirSync(join(root, 'linked-kit/chunks'), { recursive: true });
    writeFileSync(join(root, 'links/sub/index.html'), 'fine');
    writeFileSync(join(root, 'links-beside/index.html'), 'secret');
    for (const [path, target] of [
      ['links/inside.html', 'sub/index.html'],
      ['links/folder', 'sub'],
      ['links/around', '../links/sub'],
      ['links/absolute', join(root, 'links/sub/index.html')],
      ['links/out', '../secret'],
      ['links/out.html', '../secret'],
      ['links/twice', 'out'],
      ['links/beside', '../links-beside'],
      ['links/all', '/'],
      ['links/loop', 'loop'],
      ['links/sub/leaving.html', join(root, 'secret')],
      ['linked-kit/rtc-widgets.js', '../secret'],
      ['linked-kit/chunks/out-abc.js', join(root, 'secret')],
      ['links-root', 'links'],
    ] as const) {
      symlinkSync(target, join(root, path));
    }
    const [webRoot, kitRoot] = [join(root, 'links-root'), join(root, 'linked-kit')];
    const linked = await createServer({ port: 0, webRoot, kitRoot });
    t.after(() => linked.close());
    for (const path of [
      'inside.html',
      'inside',
      'folder/',
      'around/',
      'around/index',
      'absolute',
    ]) {
      assert.equal(await (await fetch(`${linked.url}/${path}`)).text(), 'fine', path);
    }
    for (const path of [
      'out',
      'out.html',
      'twice',
      'beside/',
      'beside/index.html',
      `all${root}/secret`,
      'loop',
      'sub/leaving',
      'rtc-widgets.js',
      'chunks/out-abc.js',
    ]) {
      const response = await fetch(`${linked.url}/${path}`);
      assert.doesNotMatch(await response.text(), /secret/, path);
      assert.ok(response.status >= 400, path);
    }
  });

  it('serves the kit to pages of any origin, its chunks for good', async () => {
    const kit = await get('/rtc-widgets.js');
    assert.equal(kit.status, 200);
    assert.equal(kit.headers.get('access-control-allow-origin'), '*');
    assert.equal(kit.headers.get('cache-control'), 'no-cache');
    assert.match(kit.headers.get('content-type')!, /^text\/javascript/);
    const chunk = await get('/chunks/chat-abc123.js');
    assert.equal(chunk.status, 200);
    assert.equal(chunk.headers.get('access-control-allow-origin'), '*');
    assert.equal(chunk.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  });

  it('serves the pages to their own origin only', async () => {
    assert.equal((await get('/')).headers.get('access-control-allow-origin'), null);
  });

  it('sends a file once, as long as it does not change', async () => {
    const etag = (await get('/rtc-widgets.js')).headers.get('etag')!;
    // Left alone, fetch asks for no cache on the way.
    const headers = { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' };
    const again = await get('/rtc-widgets.js', { headers });
    assert.equal(again.status, 304);
    assert.equal(again.headers.get('access-control-allow-origin'), '*');
  });

  it('says that it is alive', async () => {
    const response = await get('/healthz');
    assert.equal(response.status, 200);
    assert.equal(await response.text(), 'OK');
  });

  it('answers 404 for a missing file', async () => {
    for (const path of ['/nothing', '/chunks/', '/chunks/nothing.js', '/__proto__', '/%F0']) {
      const { status } = await get(path);
      assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    }
  });

  it('serves nothing else of the kit’s folder, and nothing hidden', async () => {
    for (const path of [
      '/server/main.js',
      '/rtc-widgets.js.map',
      '/chunks/.hidden.js',
      '/.secret',
      '/.git/config',
    ]) {
      const response = await get(path);
      assert.equal(response.status, 404, path);
      assert.doesNotMatch(await response.text(), /secret/);
    }
  });

  it('does not leave its folders', async () => {
    for (const path of [
      '/../secret',
      '/%2e%2e/secret',
      '/..%2fsecret',
      '/%2e%2e%2fsecret',
      '/..\\secret',
      '/..%5csecret',
      '/chunks/../server/main.js',
      '/chunks/..%2fserver%2fmain.js',
      '/chunks/..',
      '//../secret',
      '/./../secret',
      '/video.html/../../secret',
      '/\0/../secret',
      '/%00/../secret',
      'http://127.0.0.1/../secret',
      '*',
    ]) {
      // A path that cannot even be asked for is no danger.
      const answer = await getRaw(path).catch(() => undefined);
      if (!answer) continue;
      assert.ok(answer.status >= 300 && answer.status < 500, `${path}: ${answer.status}`);
      assert.doesNotMatch(answer.body, /secret/, path);
    }
  });

  it('lets nothing be changed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await get('/', { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'GET, HEAD');
    }
    const head = await get('/', { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
  });

  it('survives any range', async () => {
    for (const range of ['bytes=5-2', 'bytes=9999-', 'bytes=-0', 'bytes=a-b', 'bytes=0-1,2-3']) {
      const { status } = await get('/', { headers: { Range: range } });
      assert.ok([200, 206, 416].includes(status), `${range}: ${status}`);
    }
    const part = await get('/', { headers: { Range: 'bytes=4-7' } });
    assert.deepEqual([part.status, await part.text()], [206, 'Home']);
  });
});
