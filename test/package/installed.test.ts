import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromiumOf } from '../helpers/e2e/chromium.js';
import { filesOf, Installed } from '../helpers/packed.js';

/** Files that are of no use to anybody who installs a package. */
const needless = /\.(test|browser\.test)\.|\.map$|\.ts$(?<!\.d\.ts)|(^|\/)(test|bench|stories)\//;

for (const folder of ['.', 'server']) {
  test(`the tarball of ${folder} has a README and the licence, and nothing that nobody needs`, () => {
    const files = filesOf(folder);
    assert.ok(files.includes('README.md') && files.includes('LICENSE'), files.slice(0, 9).join());
    assert.deepEqual(
      files.filter((file) => needless.test(file)),
      [],
    );
  });
}

test('the kit brings lit with its dependencies, and nothing else', () => {
  const kit = new Installed('.');
  try {
    assert.ok(kit.packages <= 8, `${kit.packages} packages`);
  } finally {
    kit.remove();
  }
});

/** For the kit alone: no part of the types that a page is given. */
const internals = `
  call.end call.receive call.control call.setAway call.announcement call.handOver call.peerChanged
  call.abort call.start call.peer call.kept call.media call.replaced
  session.signaling.resume session.signaling.welcome session.signaling.send session.signaling.wake
  session.roster.receive session.roster.signedIn chat.attach chat.detach chat.confirm chat.close
`
  .trim()
  .split(/\s+/);

const consumer = `
import 'rtc-widgets/define/all.js';
import { RtcError, SessionController, type Call, type Chat, type PageSession } from 'rtc-widgets';
import type { EndReason, ErrorCode, SessionHost, SessionState } from 'rtc-widgets';
import { Session } from 'rtc-widgets/core';

export const headless = new Session('wss://talk.example.org', { ringTimeout: 10_000 });
headless.addEventListener('rtc-login', ({ name }) => name.trim());

const provider = document.querySelector('rtc-provider')!;
provider.settings = { ringTimeout: 10_000, relayOnly: true };
provider.addEventListener('rtc-call-incoming', ({ call }) => void call.accept());
provider.addEventListener('rtc-call-change', ({ call }) => call.state.local.microphone);
document.addEventListener('rtc-call-end', ({ reason }) => reason satisfies EndReason);
window.addEventListener('rtc-error', ({ code, error }) => {
  code satisfies ErrorCode;
  error satisfies RtcError;
});
export const follow = (host: SessionHost) => new SessionController(host, (s) => s.mediaCall?.state);
export const store = (session: PageSession): SessionState => session.state;

declare const call: Call;
declare const chat: Chat;
declare const session: PageSession;
${internals.map((each) => `// @ts-expect-error: internal\nvoid ${each};`).join('\n')}
`;

describe('both, installed from their tarballs into an empty folder', () => {
  const installed = new Installed('.', 'server');
  after(() => installed.remove());

  test('the types of the kit compile strictly, and hide internals', () => {
    writeFileSync(join(installed.folder, 'consumer.ts'), consumer);
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        fileURLToPath(import.meta.resolve('typescript/bin/tsc')),
        ...['--noEmit', '--strict', '--skipLibCheck', 'false'],
        ...['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable'],
        'consumer.ts',
      ],
      { cwd: installed.folder, encoding: 'utf8' },
    );
    assert.equal(status, 0, stdout);
  });

  test('a page bundled with the first signs in at a server started from the second', async (t) => {
    const { folder } = installed;
    const pages = mkdtempSync(join(folder, 'pages-'));
    writeFileSync(join(folder, 'page.js'), "import 'rtc-widgets/define/all.js';\n");
    await build({
      entryPoints: [join(folder, 'page.js')],
      absWorkingDir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      outdir: pages,
      logLevel: 'silent',
    });
    writeFileSync(
      join(pages, 'index.html'),
      `<!doctype html><html lang="en"><title>Installed</title>
      <script type="module" src="page.js"></script>
      <rtc-provider server="/"><rtc-login></rtc-login></rtc-provider></html>`,
    );
    const program = spawn('npx', ['rtc-widgets-server', '--port', '0', '--web-root', pages], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => process.kill(-program.pid!, 'SIGINT'));
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    const kit = await fetch(`${url}/rtc-widgets.js`);
    assert.equal(kit.status, 200);

    const page = await (await chromiumOf('alice')).newPage();
    t.after(() => page.close());
    await page.goto(url);
    const name = await page.waitForSelector('>>> input');
    await name!.type('Alice');
    await name!.press('Enter');
    await page.waitForFunction(() => {
      const shown = document.querySelector('rtc-login')!.shadowRoot!.textContent;
      return shown.includes('Signed in as Alice') && shown.includes('Sign out');
    });
  });
});
