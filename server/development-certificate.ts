// The library below wants this to be there.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its key, PEM. */
export interface DevelopmentCertificate {
  key: string;
  /** The certificate, and its issuer's certificate. */
  chain: string;
  /** The certificate that has signed it. */
  root: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const ONE_DAY = 24 * 60 * 60 * 1000;

/** The names and addresses by which others may call this machine. */
export function namesOfThisMachine(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flat()
    // A link-local address counts on its link only, and no browser takes its zone.
    .flatMap((each) => (each && !each.address.startsWith('fe80:') ? [each.address] : []));
  return ['localhost', hostname(), `${hostname()}.local`, '127.0.0.1', '::1', ...addresses];
}

/**
 * Makes a certificate for some names and addresses, signed by a root of its own, whose key is kept
 * nowhere: who trusts the root trusts this one certificate.
 */
export async function makeCertificate(
  names: readonly string[],
  days: number,
): Promise<DevelopmentCertificate> {
  const [rootKeys, keys] = [await newKeys(), await newKeys()];
  // Clocks differ.
  const notBefore = new Date(Date.now() - ONE_DAY);
  const notAfter = new Date(Date.now() + days * ONE_DAY);
  const issuer = `CN=rtc-widgets development of ${hostname().replaceAll(/[^\w.-]/g, '')}`;
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      name: issuer,
      keys: rootKeys,
      notBefore,
      notAfter,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      ],
    },
    webcrypto as Crypto,
  );
  const certificate = await X509CertificateGenerator.create(
    {
      subject: 'CN=rtc-widgets',
      issuer,
      publicKey: keys.publicKey,
      signingKey: rootKeys.privateKey,
      notBefore,
      notAfter,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
      ],
    },
    webcrypto as Crypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const pem = (each: { toString(format: 'pem'): string }) => `${each.toString('pem')}\n`;
  return {
    key: `${PemConverter.encode(key, PemConverter.PrivateKeyTag)}\n`,
    chain: pem(certificate) + pem(root),
    root: pem(root),
  };
}

const newKeys = () =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
