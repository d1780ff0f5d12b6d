import { testsOfPageDefault } from '../../test/helpers/browser/page-default.js';

describe('the server that <meta name="rtc-server"> says', () => {
  testsOfPageDefault((server) =>
    Object.assign(document.createElement('meta'), { name: 'rtc-server', content: server }),
  );
});
