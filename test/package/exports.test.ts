import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
interface Manifest {
  name: string;
  exports: Record<string, string | Record<string, string>>;
  bin?: Record<string, string>;
}
const read = (folder: string) =>
  JSON.parse(readFileSync(`${root}${folder}package.json`, 'utf8')) as Manifest;
const manifest = read('');

/** Runs a module in a Node of its own, which has no DOM, and gives what it printed. */
function runInNode(source: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', source],
    { cwd: root, encoding: 'utf8', timeout: 30_000 },
  );
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

/** Every path that can be imported; `./define/*.js` stands for one a tag. */
function importPaths(): string[] {
  return Object.keys(manifest.exports).flatMap((key) =>
    key.includes('*') ? defineModules().map((file) => key.replace('*.js', file)) : [key],
  );
}

function defineModules(): string[] {
  return readdirSync(`${root}dist/src/define`).filter((file) => file.endsWith('.js'));
}

/** The modules in define/ that are not those of one tag. */
const others = [
  'all.js',
  'call-part.js',
  'deferred.js',
  'define.js',
  'load-call-part.js',
  'widget-status.js',
];

/** The tags, by the module that each has in define/. */
function tags(): string[] {
  return defineModules()
    .filter((file) => !others.includes(file))
    .map((file) => `rtc-${file.replace('.js', '')}`);
}

for (const path of importPaths()) {
  const specifier = path.replace('.', manifest.name);
  test(`${specifier} imports under Node`, () => {
    const attributes = path.endsWith('.json') ? ", { with: { type: 'json' } }" : '';
    runInNode(`await import(${JSON.stringify(specifier)}${attributes});`);
  });
}

test('classes come without being registered', () => {
  // Lit brings a registry of its own to Node, so the question is what is in it.
  const registered = runInNode(`
    const kit = await import('${manifest.name}');
    if (Object.keys(kit).length === 0) throw new Error('exports nothing');
    console.log(${JSON.stringify(tags())}.filter((tag) => globalThis.customElements?.get(tag)).join());
  `);
  assert.equal(registered, '');
});

test('the module of each tag registers it', () => {
  assert.ok(tags().includes('rtc-provider'));
  for (const tag of tags()) {
    const registered = runInNode(`
      await import('${manifest.name}/define/${tag.replace('rtc-', '')}.js');
      console.log(typeof customElements.get('${tag}'));
    `);
    assert.equal(registered, 'function', tag);
  }
});

test('all.js registers the tags of the mission', () => {
  // The smaller parts may wait until a page shows one.
  const mission = ['provider', 'login', 'video-call', 'voice-call', 'text-chat'];
  const missing = runInNode(`
    await import('${manifest.name}/define/all.js');
    console.log(${JSON.stringify(mission)}.filter((tag) => !customElements.get('rtc-' + tag)).join());
  `);
  assert.equal(missing, '');
});

test('the headless client brings neither elements nor a registry', () => {
  const found = runInNode(`
    const core = await import('${manifest.name}/core');
    if (Object.keys(core).length === 0) throw new Error('exports nothing');
    console.log(typeof customElements, typeof HTMLElement);
  `);
  assert.equal(found, 'undefined undefined');
});

for (const folder of ['', 'server/']) {
  test(`every file that ${folder}package.json names exists`, () => {
    const { exports, bin = {} } = read(folder);
    const files = Object.values(exports)
      .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
      .concat(Object.values(bin))
      .filter((file) => !file.includes('*'));
    assert.deepEqual(
      files.filter((file) => !existsSync(root + folder + file)),
      [],
    );
  });
}
