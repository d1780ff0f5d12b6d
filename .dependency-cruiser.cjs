// Which way the doors of the house open. `npm run check` holds it.
//
//   protocol, time ← hub ← server (by the names that the kit's package exports)
//   protocol, time ← hub ← core ← context ← components ← define ← cdn
//
// localize and internal stand below context and know nothing above them. events stand beside core: they
// know the types of a call and its errors; in core only base-session.ts and calls.ts, which fire them,
// know events.

const test = '\\.test\\.ts$';

/**
 * A rule that what is in one place imports nothing from another. Tests may.
 *
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {string} comment
 */
function forbid(name, from, to, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: test },
    to: { path: to },
  };
}

/**
 * A rule that a part of src imports only from itself and the parts named.
 *
 * @param {string} part
 * @param {string[]} allowed
 */
function onlyFrom(part, allowed) {
  const open = [part, ...allowed].join('|');
  return forbid(
    `${part}-knows-only`,
    `^src/${part}/`,
    `^(server/|src/(?!(${open})/))`,
    `src/${part} imports only from src/{${[part, ...allowed].join(',')}}`,
  );
}

module.exports = {
  forbidden: [
    onlyFrom('protocol', []),
    onlyFrom('time', []),
    onlyFrom('hub', ['protocol', 'time']),
    onlyFrom('core', ['hub', 'protocol', 'events', 'time']),
    forbid(
      'only-local-runs-the-hub',
      '^src/core/(?!signaling/local-transport\\.ts$)',
      '^src/hub/',
      'A client needs the hub only where `local:` runs it in the browser.',
    ),
    onlyFrom('localize', ['core', 'protocol']),
    forbid(
      'events-know-only',
      '^src/events/',
      '^(server/|src/(?!events/|protocol/|core/(errors|call/call)\\.ts$))',
      'An event carries a call, an error or what the protocol says.',
    ),
    forbid(
      'only-the-session-fires-events',
      '^src/core/(?!(base-session|calls|index)\\.ts$)',
      '^src/events/',
      'Events know the types of a call: what a call is made of must not know events.',
    ),
    onlyFrom('internal', ['localize', 'events', 'core', 'protocol']),
    onlyFrom('context', ['core', 'protocol', 'events', 'internal', 'localize', 'time']),
    onlyFrom('explorers', ['context', 'core', 'protocol', 'internal', 'localize']),
    onlyFrom('components', [
      'context',
      'explorers',
      'core',
      'protocol',
      'events',
      'internal',
      'localize',
      'time',
    ]),
    forbid(
      'src-is-the-ground-floor',
      '^src/',
      '^(server|stories|demo|test|bench|scripts)/',
      'Nothing in src imports what is built on it.',
    ),
    forbid(
      'server-knows-only',
      '^server/',
      '^src/(?!(protocol|hub)/index\\.ts$)',
      'The server needs what rtc-widgets/hub and rtc-widgets/protocol export, and nothing else.',
    ),
    forbid('no-test-imported', '.', test, 'No file outside tests imports a test.'),
    forbid(
      'no-test-helper-in-the-product',
      '^(src|server)/',
      '^test/',
      'Only a test may import test helpers.',
    ),
    forbid(
      'headless-without-packages',
      '^src/(protocol|time|hub|core)/',
      'node_modules|^(node:)?[a-z_]+$',
      'The headless parts import no package and nothing of Node.',
    ),
    {
      name: 'src-without-node',
      comment: 'What runs in a browser has none of Node’s modules.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment: 'Who installs the package does not get its development dependencies.',
      severity: 'error',
      from: { path: '^(src|server)/', pathNot: test },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circle',
      comment:
        'Two modules that need each other are one, or want a third for what both need: types, too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolves',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: { pathNot: '^\\.storybook/' },
      to: { couldNotResolve: true, pathNot: '^(\\.\\./)*dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|storybook-static)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['rtc-widgets-source', 'import', 'node', 'default', 'types'],
    },
  },
};
