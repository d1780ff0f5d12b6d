/** The close codes that a client knows: the private range (RFC 6455, section 7.4.2). */

/** Another connection took this session over. */
export const TAKEN_OVER = 4001;

/** The token that the session was let in with has expired. */
export const TOKEN_EXPIRED = 4002;

/** The account is gone, or has another password. */
export const ACCOUNT_CHANGED = 4003;

/** The page is kept to be gone back to, without its connection; browsers allow no 1001 here. */
export const PAGE_FROZEN = 4010;
