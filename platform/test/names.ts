/** Names that the test run's set-up and its clones agree on. */
export const templateName = 'holdfast_template';
export const rolePrefix = 'holdfast_test';
export const testSecret = 'test-secret-test-secret-test-secret';
/** Given, so that tests write no key file. */
export const testEncryptionKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`;
