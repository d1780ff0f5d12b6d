import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCertificate, namesOfThisMachine } from '../development-certificate.js';
import { readCount } from '../options/values.js';

const usage = `Usage: rtc-widgets-server cert [options]

Makes a certificate for development, for the names and addresses of this machine, so
that a phone in the room can join: camera and microphone need a secure page.

  --out DIR         write the files to this folder (default: .)
  --name NAME       for this name or address too; may be given several times
  --days N          it counts for so many days, 397 at most (default: 90)
  --help            show this
`;

/** Browsers take no longer ones (CA/Browser Forum, ballot SC31). */
const MOST_DAYS = 397;

/** Makes a certificate for development, and says how to trust it. */
export async function cert(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string', default: '.' },
      name: { type: 'string', multiple: true, default: [] },
      days: { type: 'string', default: '90' },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const days = readCount('days', values.days);
  if (days > MOST_DAYS) throw new Error(`--days must be ${MOST_DAYS} at most`);
  const names = [...new Set([...values.name, ...namesOfThisMachine()])];
  const made = await makeCertificate(names, days);

  mkdirSync(values.out, { recursive: true });
  const write = (name: string, text: string, mode: number) => {
    const file = join(values.out, name);
    // Never overwrites a certificate: somebody may trust it.
    writeFileSync(file, text, { mode, flag: 'wx' });
    return file;
  };
  const key = write('rtc-widgets.key', made.key, 0o600);
  const chain = write('rtc-widgets.crt', made.chain, 0o644);
  const root = write('rtc-widgets-root.crt', made.root, 0o644);
  process.stdout.write(words({ names, days, key, chain, root }));
}

const words = (
  made: Record<'key' | 'chain' | 'root', string> & { names: string[]; days: number },
) =>
  `For ${made.names.join(', ')}, for ${made.days} days:
  ${made.key}    the key: give it to nobody
  ${made.chain}    the certificate
  ${made.root}    what has signed it, to be trusted. Its own key is gone already, so it
    can sign nothing else

Start the server with it:
  rtc-widgets-server --host 0.0.0.0 --cert ${made.chain} --key ${made.key}

Trust it, on each device, and remove it when you are done:
  Node             NODE_EXTRA_CA_CERTS=${made.root}
  Debian, Ubuntu   sudo cp ${made.root} /usr/local/share/ca-certificates/ && sudo update-ca-certificates
  Chrome           Settings › Privacy and security › Security › Manage certificates › Import, as an authority
  Firefox          Settings › Privacy & Security › View Certificates › Authorities › Import
  macOS            open it, and in Keychain Access set it to Always Trust
  iPhone, iPad     send it there and open it; Settings › General › VPN & Device Management › Install;
                   then General › About › Certificate Trust Settings › switch it on
  Android          send it there; Settings › Security › More › Encryption & credentials ›
                   Install a certificate › CA certificate
`;
