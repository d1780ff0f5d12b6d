import { testsOfPageDefault } from '../../test/helpers/browser/page-default.js';

describe('the server that data-server on the script tag says', () => {
  testsOfPageDefault((server) => {
    const script = document.createElement('script');
    script.dataset.server = server;
    return script;
  });
});
