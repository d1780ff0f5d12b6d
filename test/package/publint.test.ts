import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

for (const folder of ['', 'server/']) {
  test(`publint finds nothing to mend in the package of ./${folder}`, async () => {
    const pkgDir = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
    const { messages, pkg } = await publint({ pkgDir, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });
}
