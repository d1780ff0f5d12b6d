/** The keys of an object that hold something private, and how to mask it. */
const keys: Record<string, Hidden> = {
  address: 'address',
  ip: 'address',
  relatedAddress: 'address',
  ipAddress: 'address',
  foundation: 'foundation',
  usernameFragment: 'ufrag',
  iceLocalUsernameFragment: 'ufrag',
  username: 'username',
  credential: 'credential',
};

type Hidden = 'address' | 'foundation' | 'ufrag' | 'pwd' | 'username' | 'credential';

/** Addresses that tell nothing of anybody. */
const harmless = /^(0\.0\.0\.0|127\.0\.0\.1|::1?|)$/;

/**
 * Puts names in the place of addresses, ICE credentials and those of TURN servers: `address-1`
 * stands for the same one wherever it appears, so that what belongs together can still be told.
 */
export class Mask {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<Hidden, number>();

  /** A copy of anything that JSON can hold, descriptions and candidates in it included. */
  value(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return this.#string(value, key);
    if (Array.isArray(value)) return value.map((each) => this.value(each, key));
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([k, each]) => [k, this.value(each, k)]));
  }

  /** A session description, or lines of one. */
  sdp(text: string): string {
    return text
      .replace(/^((?:o=.*|c=)IN IP[46] )(\S+)/gm, (_, before: string, address: string) => {
        return before + this.#name('address', address);
      })
      .replace(/^(a=rtcp:\d+ IN IP[46] )(\S+)/gm, (_, before: string, address: string) => {
        return before + this.#name('address', address);
      })
      .replace(/^a=ice-(ufrag|pwd):(\S+)/gm, (_, what: 'ufrag' | 'pwd', secret: string) => {
        return `a=ice-${what}:${this.#name(what, secret)}`;
      })
      .replace(/candidate:\S.*/g, (candidate) => this.#candidate(candidate));
  }

  #string(text: string, key: string): string {
    if (Object.hasOwn(keys, key)) return this.#name(keys[key]!, text);
    return /^[a-z]=|candidate:/m.test(text) ? this.sdp(text) : text;
  }

  /** RFC 8839, 5.1: the address is the fifth part, the foundation the first. */
  #candidate(line: string): string {
    const words = line.split(' ');
    const hide = (at: number, what: Hidden) => {
      if (words[at]) words[at] = this.#name(what, words[at]);
    };
    const foundation = words[0]!.slice('candidate:'.length);
    words[0] = `candidate:${this.#name('foundation', foundation)}`;
    hide(4, 'address');
    for (const [name, what] of [
      ['raddr', 'address'],
      ['ufrag', 'ufrag'],
    ] as const) {
      const at = words.indexOf(name);
      if (at > 4) hide(at + 1, what);
    }
    return words.join(' ');
  }

  #name(what: Hidden, secret: string): string {
    if (harmless.test(secret)) return secret;
    const key = `${what} ${secret}`;
    let name = this.#names.get(key);
    if (!name) {
      const count = (this.#counts.get(what) ?? 0) + 1;
      this.#counts.set(what, count);
      this.#names.set(key, (name = `${what}-${count}`));
    }
    return name;
  }
}
