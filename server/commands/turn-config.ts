import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { coturnConfig } from '../coturn-config.js';
import { readSecret } from '../options/secret.js';

const usage = `Usage: rtc-widgets-server turn-config --realm NAME --turn-secret-file FILE [options]

Writes a configuration for coturn that is safe to run: it relays to nobody's inner
network, has quotas, and takes the credentials that --turn-secret-file makes.

  --realm NAME      the name of the relay: turn.example.org
  --turn-secret-file FILE
                    the secret that it shares with the signaling server; to make one:
                    openssl rand -hex 32 > FILE
  --relay-ip ADDRESS
                    relay from this IPv4 address of the machine
  --external-ip ADDRESS
                    which clients see as this one, where the machine is behind NAT
  --cert FILE, --key FILE
                    serve turns:, too
  --out FILE        write to this file, which only its owner may read
                    (default: standard output)
  --help            show this
`;

/** Writes a configuration for coturn. */
export async function turnConfig(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      realm: { type: 'string' },
      'turn-secret-file': { type: 'string' },
      'relay-ip': { type: 'string' },
      'external-ip': { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { realm, 'turn-secret-file': file, cert, key, out } = values;
  if (!realm || !file) throw new Error('--realm and --turn-secret-file are needed. See --help.');
  if (!cert !== !key) throw new Error('--cert and --key go together');
  const config = coturnConfig({
    realm,
    secret: readSecret('turn-secret-file', file),
    relayIp: values['relay-ip'],
    externalIp: values['external-ip'],
    tls: cert && key ? { cert, key } : undefined,
  });
  if (out === undefined) process.stdout.write(config);
  else writeFileSync(out, config, { mode: 0o600, flag: 'wx' });
}
