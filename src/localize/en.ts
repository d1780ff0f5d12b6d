/** The English words of what a page shows until somebody signs in. `{name}` and the like are filled in. */
export const en = {
  // Signing in, and getting ready for calls
  username: 'Username',
  password: 'Password',
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  'signing-in': 'Signing in…',
  'signed-in-as': 'Signed in as {name}',
  'sign-in-first': 'Sign in to call someone.',
  'no-provider': 'No server: the page needs an rtc-provider.',
  reconnecting: 'Reconnecting…',
  'server-away': 'The server is away. You can call again as soon as it is back.',
  'getting-ready': 'Getting ready for calls…',
  'calls-not-loaded': 'Calls could not be loaded. Trying again…',

  // Widgets
  video: 'Video call',
  voice: 'Voice call',
  chat: 'Chat',

  // Errors of the page, the server and the sign-in
  unreachable: 'The server cannot be reached. Try again in a moment.',
  'trying-again': 'Trying again…',
  error: 'Something went wrong. Try again.',
  'bad-server':
    'The address of the server in this page is wrong: it has to begin with wss:// or ws://, or to be a path of this site.',
  'origin-refused':
    'The server is there, but does not let this page connect. Its operator may have to allow {origin}.',
  'taken-over': 'You are signed in somewhere else now.',
  'webrtc-unsupported': 'This browser cannot make calls (no WebRTC).',
  'local-unsupported': 'This browser cannot connect tabs without a server.',
  'too-many-connections': 'The server is full. Try again in a moment.',
  'too-many-names': 'Too many people are signed in from here. Try again in a moment.',
  'too-many-sign-ins': 'Too many attempts to sign in. Try again in a moment.',
  'too-many-frames': 'This page has sent too much at once.',
  'too-many-bytes': 'This page has sent too much at once.',
  'name-taken': 'This name is taken: try a different username.',
  'password-needed': 'Sign in with your password, please.',
  'wrong-password': 'Username or password is wrong.',
  'too-many-attempts': 'Too many attempts. Try again in {seconds} s.',
  'sign-in-busy': 'Too many people are signing in. Try again in {seconds} s.',
  'token-needed': 'Please sign in to this site first.',
  'token-invalid': 'The server does not accept this site’s sign-in.',
  'token-expired': 'Your sign-in has expired. Load this page again, please.',
  'account-changed': 'Your account has changed. Sign in again, please.',
  'bad-name': 'A username has 1 to 64 characters that can be seen.',
};
