import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { originPolicy } from './origins.js';

const own = 'talk.example.org';

/** Lists, the origins that each lets in, and those that it keeps out. */
const lists: [listed: string, inside: string[], outside: string[]][] = [
  [
    'https://talk.example.org',
    ['https://talk.example.org'],
    [
      'http://talk.example.org',
      'https://talk.example.org:8443',
      'https://talk.example.org:443',
      'https://talk.example.org/',
      'https://talk.example.org.evil.example',
      'https://evil-talk.example.org',
      'https://eviltalk.example.org',
      'https://a.talk.example.org',
      'https://example.org',
      'https://talk.example.org@evil.example',
      'https://evil.example/talk.example.org',
      'https://evil.example#https://talk.example.org',
      'https://talk.example.org, https://evil.example',
      'https://talk.example.org https://evil.example',
      'https://talk.example.org.',
      'HTTPS://talk.example.org',
      'https://TALK.example.org',
      ' https://talk.example.org',
      'https://talk.exampIe.org',
      'https://talk.example.org\0',
      'wss://talk.example.org',
      'null',
      '*',
      '',
    ],
  ],
  ['https://talk.example.org:443/', ['https://talk.example.org'], ['https://talk.example.org:443']],
  ['HTTPS://Talk.Example.ORG', ['https://talk.example.org'], ['HTTPS://Talk.Example.ORG']],
  [
    'http://talk.example.org:8080',
    ['http://talk.example.org:8080'],
    ['http://talk.example.org', 'http://talk.example.org:80', 'http://talk.example.org:80800'],
  ],
  [
    'https://zoë.example',
    ['https://xn--zo-ija.example'],
    ['https://zoë.example', 'https://zoe.example'],
  ],
  ['http://[2001:db8::1]', ['http://[2001:db8::1]'], ['http://[2001:db8:0::1]']],
  ['null', ['null'], ['https://talk.example.org', 'NULL', 'undefined', '']],
];

describe('a list of origins', () => {
  for (const [listed, inside, outside] of lists) {
    it(`with ${listed} lets in that origin only`, () => {
      const allows = originPolicy([listed], true);
      const request = { host: own, encrypted: false };
      for (const origin of inside) assert.equal(allows({ ...request, origin }), true, origin);
      for (const origin of outside) assert.equal(allows({ ...request, origin }), false, origin);
    });
  }

  it('may have several', () => {
    const allows = originPolicy(['https://a.example', 'https://b.example'], false);
    const ask = (origin: string) => allows({ origin, host: own, encrypted: true });
    assert.deepEqual(['https://a.example', 'https://b.example', 'https://c.example'].map(ask), [
      true,
      true,
      false,
    ]);
  });

  it('takes nothing that is no origin', () => {
    for (const wrong of [
      'talk.example.org',
      '*',
      'https://*.example.org',
      'https://talk.example.org/page',
      'https://a@talk.example.org',
      'wss://talk.example.org',
      'file:///',
      '',
    ]) {
      assert.throws(() => originPolicy([wrong], false), /An origin is a scheme and a host/, wrong);
    }
  });
});

describe('without a list', () => {
  const cases: [
    origin: string,
    host: string | undefined,
    encrypted: boolean | undefined,
    so: boolean,
  ][] = [
    ['https://talk.example.org', 'talk.example.org', true, true],
    ['https://talk.example.org', 'talk.example.org:443', true, true],
    ['https://talk.example.org', 'Talk.Example.org', true, true],
    ['https://talk.example.org:8443', 'talk.example.org:8443', true, true],
    ['https://talk.example.org', 'talk.example.org:8443', true, false],
    ['https://talk.example.org:8443', 'talk.example.org', true, false],
    ['http://talk.example.org', 'talk.example.org', undefined, true],
    ['http://talk.example.org:9090', 'talk.example.org:9090', undefined, true],
    ['https://talk.example.org', 'talk.example.org', undefined, true],
    ['http://talk.example.org', 'talk.example.org', true, false],
    ['https://talk.example.org.evil.example', 'talk.example.org', true, false],
    ['https://evil.example', 'talk.example.org', true, false],
    ['https://talk.example.org', undefined, true, false],
    ['https://talk.example.org', '', true, false],
    ['null', 'talk.example.org', true, false],
    ['null', 'null', true, false],
    ['', '', true, false],
  ];

  it('pages of the server’s own origin may connect', () => {
    for (const local of [true, false]) {
      const allows = originPolicy(undefined, local);
      for (const [origin, host, encrypted, so] of cases) {
        assert.equal(allows({ origin, host, encrypted }), so, `${origin} at ${host}`);
      }
    }
  });

  it('on localhost, all pages of this machine may, but for those without an origin', () => {
    const local = [
      'http://localhost',
      'http://localhost:5173',
      'https://localhost:3000',
      'http://127.0.0.1:8080',
      'http://[::1]:8080',
      'http://demo.localhost',
    ];
    const others = [
      'null',
      'http://localhost.evil.example',
      'http://evillocalhost',
      'http://127.0.0.1.evil.example',
      'http://127.evil.example',
      'http://192.168.0.1',
    ];
    const request = { host: 'localhost:9090', encrypted: undefined };
    for (const origin of [...local, ...others]) {
      const isLocal = local.includes(origin);
      assert.equal(originPolicy(undefined, true)({ ...request, origin }), isLocal, origin);
      assert.equal(originPolicy(undefined, false)({ ...request, origin }), false, origin);
    }
  });
});

it('accepts a client without an origin, which is no browser', () => {
  for (const listed of [undefined, ['https://talk.example.org'], []]) {
    const allows = originPolicy(listed, false);
    assert.equal(allows({ origin: undefined, host: own, encrypted: true }), true);
  }
});
