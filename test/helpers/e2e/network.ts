import { execFileSync, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { chromeFlags, findChrome } from '../../../scripts/lib/browsers.mjs';
import { serverCommand } from '../server-program.js';
import { atEnd, type Scope } from './at-end.js';
import { firefoxPath, startFirefox } from './firefox.js';

/** The address at which everyone reaches the server and the relay. */
const PUBLIC = '192.0.2.1';
const PORT = 9090;

/** Whether this machine lets a test make networks; only root may. */
export const canMakeNetworks = (() => {
  try {
    const name = `rw-probe-${process.pid}`;
    run('ip', 'netns', 'add', name);
    run('ip', 'netns', 'delete', name);
    run('iptables', '--version');
    return true;
  } catch {
    return false;
  }
})();

/** Whether this machine has a TURN server to start. */
export const hasCoturn = (() => {
  try {
    run('which', 'turnserver');
    return true;
  } catch {
    return false;
  }
})();

/** Whether this machine can make a certificate for it. */
export const hasOpenssl = (() => {
  try {
    run('openssl', 'version');
    return true;
  } catch {
    return false;
  }
})();

/** A cable between two hosts: the interface at the router, and at the other host. */
export interface Link {
  readonly number: number;
  readonly to: string;
  readonly here: string;
  readonly there: string;
}

/** The address of a host, at a link that is up. */
export const addressOf = ({ number }: Link) => `10.77.${number}.2`;

/** The files that the server serves. */
interface ServerFiles {
  iceServers?: RTCIceServer[];
  pages?: Record<string, string>;
}

/**
 * Hosts of their own on one machine (network namespaces): in the middle the public one, with the
 * server, which passes packets on between the others.
 */
export class Network {
  readonly url = `http://${PUBLIC}:${PORT}`;
  readonly #t: Scope;
  readonly #prefix = `rw${process.pid % 10_000}`;
  #links = 0;
  /** Hash of the relay's key, the only key that Chromium trusts whatever signed it. */
  #trusted: string | undefined;

  private constructor(t: Scope) {
    this.#t = t;
  }

  static async make(t: Scope): Promise<Network> {
    const network = new Network(t);
    network.#addHost('public');
    network.on('public', 'ip', 'addr', 'add', `${PUBLIC}/32`, 'dev', 'lo');
    network.on('public', 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    // A packet for nobody gets lost, as on the internet, rather than refused at once.
    network.on('public', 'ip', 'route', 'add', 'default', 'dev', 'lo');
    return network;
  }

  /** Runs a command on a host. */
  on(host: string, command: string, ...args: string[]): void {
    run('ip', 'netns', 'exec', this.#name(host), command, ...args);
  }

  /** A host with one link to the public one. @returns the link */
  addHost(host: string): Link {
    this.#addHost(host);
    const link = this.addLink(host);
    this.up(host, link);
    return link;
  }

  /** A host behind a router of its own, which gives each connection to the outside a new port. */
  addHostBehindNat(host: string): void {
    const router = `${host}-nat`;
    this.addHost(router);
    this.on(router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    this.#addHost(host);
    const link = this.addLink(host, router);
    this.up(host, link);
    const outside = ['-t', 'nat', '-A', 'POSTROUTING', '!', '-o', link.here];
    this.on(router, 'iptables', ...outside, '-j', 'MASQUERADE', '--random-fully');
    // As any home router: nobody comes in unasked.
    this.on(router, 'iptables', '-P', 'FORWARD', 'DROP');
    this.on(router, 'iptables', '-A', 'FORWARD', '-i', link.here, '-j', 'ACCEPT');
    const answers = ['-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'ACCEPT'];
    this.on(router, 'iptables', '-A', 'FORWARD', ...answers);
  }

  /** Another link of a host, which is down until it is taken up. */
  addLink(host: string, to = 'public'): Link {
    const number = ++this.#links;
    const link = {
      number,
      to,
      here: `${this.#prefix}w${number}`,
      there: `${this.#prefix}h${number}`,
    };
    const { here, there } = link;
    run('ip', 'link', 'add', here, 'type', 'veth', 'peer', 'name', there);
    run('ip', 'link', 'set', here, 'netns', this.#name(to));
    run('ip', 'link', 'set', there, 'netns', this.#name(host));
    this.on(to, 'ip', 'addr', 'add', `10.77.${number}.1/24`, 'dev', here);
    this.on(to, 'ip', 'link', 'set', here, 'up');
    return link;
  }

  /** Takes a link up: the host's way to everywhere. */
  up(host: string, { number, there }: Link, last = 2): void {
    this.on(host, 'ip', 'link', 'set', there, 'up');
    this.on(host, 'ip', 'addr', 'replace', `10.77.${number}.${last}/24`, 'dev', there);
    this.on(host, 'ip', 'route', 'replace', 'default', 'via', `10.77.${number}.1`, 'dev', there);
  }

  down(host: string, { there }: Link): void {
    this.on(host, 'ip', 'link', 'set', there, 'down');
  }

  /** From now on nothing arrives that comes from a host, or goes to it; until the end is called. */
  blackout({ here }: Link): () => void {
    const rules = [
      ['INPUT', '-i', here],
      ['FORWARD', '-i', here],
      ['FORWARD', '-o', here],
    ];
    for (const rule of rules) this.on('public', 'iptables', '-I', ...rule, '-j', 'DROP');
    return () => {
      for (const rule of rules) this.on('public', 'iptables', '-D', ...rule, '-j', 'DROP');
    };
  }

  /**
   * The real server, on the public host.
   * @param given the TURN servers it hands out, and pages in the place of the demo's
   */
  async startServer({ iceServers, pages }: ServerFiles = {}): Promise<void> {
    const serve = ['--host', '0.0.0.0', '--port', String(PORT), '--quiet'];
    if (iceServers) {
      const file = join(await this.#folder(), 'ice-servers.json');
      await writeFile(file, JSON.stringify(iceServers));
      serve.push('--ice-servers', file);
    }
    if (pages) {
      const folder = await this.#folder();
      for (const [name, text] of Object.entries(pages)) await writeFile(join(folder, name), text);
      serve.push('--web-root', folder);
    }
    await this.start('public', ...serverCommand, ...serve);
  }

  /**
   * The real TURN server, on the public host.
   * @param transport how it is to be reached: `udp`, `tcp` or `tls`
   * @returns it, as a page is told of it
   */
  async startRelay(transport: string): Promise<RTCIceServer> {
    const [username, credential] = ['test', 'not-a-secret'];
    const flags = ['-n', '--no-cli', '--no-dtls', '--lt-cred-mech', '--log-file=stdout'];
    const tls = transport === 'tls' ? await this.#certificate() : ['--no-tls'];
    const who = [`--user=${username}:${credential}`, '--realm=example.org'];
    const where = [`--listening-ip=${PUBLIC}`, `--relay-ip=${PUBLIC}`, '--pidfile=/dev/null'];
    await this.start('public', 'turnserver', ...flags, ...tls, ...who, ...where);
    const urls =
      transport === 'tls'
        ? `turns:${PUBLIC}:5349?transport=tcp`
        : `turn:${PUBLIC}:3478?transport=${transport}`;
    return { urls, username, credential };
  }

  /** @returns what tells the relay of a new certificate, which nobody but Chromium here trusts */
  async #certificate(): Promise<string[]> {
    const folder = await this.#folder();
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const make = ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const whose = ['-days', '2', '-subj', '/CN=relay', '-addext', `subjectAltName=IP:${PUBLIC}`];
    run('openssl', ...make, ...whose, '-keyout', key, '-out', certificate);
    const { publicKey } = new X509Certificate(await readFile(certificate));
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    this.#trusted = createHash('sha256').update(spki).digest('base64');
    return [`--cert=${certificate}`, `--pkey=${key}`];
  }

  /** A Chromium of its own on a host. */
  async startChromium(host: string): Promise<Browser> {
    // A camera needs a secure page; nobody here has a certificate for this address.
    const args = [...chromeFlags, `--unsafely-treat-insecure-origin-as-secure=${this.url}`];
    if (this.#trusted) args.push(`--ignore-certificate-errors-spki-list=${this.#trusted}`);
    const executablePath = await this.#startedOn(host, findChrome()!);
    const browser = await puppeteer.launch({ executablePath, pipe: true, args });
    atEnd(this.#t, () => browser.close());
    return browser;
  }

  /** A Firefox of its own on a host. */
  async startFirefox(host: string): Promise<Browser> {
    return startFirefox(this.#t, {
      executablePath: await this.#startedOn(host, firefoxPath!),
      debuggingPort: await this.#forwardPort(host),
      extraPrefsFirefox: {
        'dom.securecontext.allowlist': PUBLIC,
        // Names of mDNS are not heard of on another host (RFC 6762: on the local link only).
        'media.peerconnection.ice.obfuscate_host_addresses': false,
      },
    });
  }

  /** @returns a script that starts a program on a host */
  async #startedOn(host: string, program: string): Promise<string> {
    const path = join(await this.#folder(), 'start');
    await writeFile(path, `#!/bin/sh\nexec ip netns exec ${this.#name(host)} '${program}' "$@"\n`);
    await chmod(path, 0o755);
    return path;
  }

  /** @returns a new folder, which is there until the test ends */
  async #folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'rtc-widgets-network-'));
    atEnd(this.#t, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return folder;
  }

  /** @returns a port that leads, from here, to the same port of a host */
  async #forwardPort(host: string): Promise<number> {
    const way = `
      const socket = net.connect(Number(process.argv[1]), '127.0.0.1', () => {
        process.stdin.pipe(socket).pipe(process.stdout);
      }).on('error', () => process.exit(1));`;
    const server = createServer((socket) => {
      const { port } = server.address() as AddressInfo;
      const command = [process.execPath, '-e', way, String(port)];
      const { stdin, stdout } = spawn('ip', ['netns', 'exec', this.#name(host), ...command], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      for (const stream of [socket, stdin]) stream.on('error', () => socket.destroy());
      socket.pipe(stdin);
      stdout.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    atEnd(this.#t, () => void server.close());
    return (server.address() as AddressInfo).port;
  }

  /** Starts a program on a host; settles when it has said something. */
  async start(host: string, ...command: string[]): Promise<void> {
    const child = spawn('ip', ['netns', 'exec', this.#name(host), ...command], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    atEnd(this.#t, async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    });
    await once(child.stdout, 'data');
    child.stdout.resume();
  }

  #addHost(host: string): void {
    run('ip', 'netns', 'add', this.#name(host));
    atEnd(this.#t, () => run('ip', 'netns', 'delete', this.#name(host)));
    this.on(host, 'ip', 'link', 'set', 'lo', 'up');
  }

  #name(host: string): string {
    return `${this.#prefix}-${host}`;
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
