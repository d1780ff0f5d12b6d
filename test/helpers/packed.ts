import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** An empty folder with packages installed from their tarballs, as no registry has them. */
export class Installed {
  readonly folder = mkdtempSync(join(tmpdir(), 'rtc-widgets-installed-'));

  /** @param packages folders of packages, seen from the root of the repository */
  constructor(...packages: string[]) {
    const tarballs = packages.map((folder) => pack(folder, this.folder));
    writeFileSync(join(this.folder, 'package.json'), '{ "private": true, "type": "module" }');
    npm(['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], this.folder);
  }

  /** How many packages there are. */
  get packages(): number {
    const lock = join(this.folder, 'node_modules');
    const scoped = (name: string) => readdirSync(join(lock, name)).map((each) => `${name}/${each}`);
    return readdirSync(lock)
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) => (name.startsWith('@') ? scoped(name) : name)).length;
  }

  /** How many bytes they take. */
  get bytes(): number {
    return sizeOf(join(this.folder, 'node_modules'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The names of the files in a package's tarball. */
export function filesOf(packageFolder: string): string[] {
  const output = npm(
    ['pack', '--dry-run', '--json', '--ignore-scripts'],
    join(root, packageFolder),
  );
  const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path);
}

function pack(packageFolder: string, destination: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const output = npm(args, join(root, packageFolder));
  const [{ filename }] = JSON.parse(output) as [{ filename: string }];
  return join(destination, filename);
}

const npm = (args: string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

function sizeOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
