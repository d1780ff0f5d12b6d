import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const { env, platform } = process;
const programFolders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
  (folder) => folder !== undefined,
);

const chromeNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const chromePlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...programFolders.map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
  ...programFolders.map((folder) => join(folder, 'Microsoft/Edge/Application/msedge.exe')),
];
const firefoxNames = ['firefox-esr', 'firefox'];
const firefoxPlaces = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...programFolders.map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
];

/** Path of Chrome, Chromium or Edge: CHROME_PATH, then PATH, then the usual places. */
export function findChrome() {
  return env.CHROME_PATH || onPath(chromeNames) || chromePlaces.find((path) => existsSync(path));
}

/** Path of Firefox: FIREFOX_PATH, then PATH, then the usual places. */
export function findFirefox() {
  return env.FIREFOX_PATH || onPath(firefoxNames) || firefoxPlaces.find((path) => existsSync(path));
}

/**
 * Flags for a Chromium that a test drives: it makes up its camera and microphone, grants them
 * unasked, and stays off the network but for the page under test.
 */
export const chromeFlags = [
  '--no-sandbox',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Makes sure there is a Chrome, and installs Debian's where this process may. Ends the process
 * with a word on what to install otherwise.
 *
 * @returns {string} its path
 */
export function ensureChrome() {
  const found = findChrome();
  if (found) return found;
  if (canInstallWithApt()) {
    console.log('Installing Chromium (apt-get install chromium)');
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const installed = findChrome();
    if (installed) return installed;
  }
  console.error(
    'The tests need Chrome, Chromium or Edge, and found none. Install one ' +
      `(${installHint()}), or set CHROME_PATH to one that is not on the PATH.`,
  );
  process.exit(1);
}

function canInstallWithApt() {
  return platform === 'linux' && process.getuid?.() === 0 && onPath(['apt-get']) !== undefined;
}

/** @param {string[]} args */
function apt(args) {
  const options = { stdio: 'inherit', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync(
    'apt-get',
    args,
    /** @type {import('node:child_process').SpawnSyncOptions} */ (options),
  );
}

function installHint() {
  if (platform === 'darwin') return 'brew install --cask chromium';
  if (platform === 'win32') return 'winget install Google.Chrome';
  return 'Debian: sudo apt-get install chromium; Fedora: sudo dnf install chromium';
}

/**
 * @param {string[]} names
 * @returns {string | undefined}
 */
function onPath(names) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
