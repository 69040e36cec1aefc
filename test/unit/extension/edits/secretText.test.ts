import { describe, expect, test } from 'vitest';
import { entropy, hasSecret } from '../../../../extension/edits/secretText.js';

// Put together here, so that no scanner takes this file for one that leaks.
const random = 'aZ3kQ9xV7mB2nL8pR5tY1wD4';
const put = (...parts: readonly string[]): string => parts.join('');
const hex = '9f86d081884c7d659a2feaa0c55ad015';

describe('hasSecret', () => {
  test.each([
    ['a private key', '-----BEGIN RSA PRIVATE ' + 'KEY-----'],
    ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE ' + 'KEY-----'],
    ['a PGP key', '-----BEGIN PGP PRIVATE KEY ' + 'BLOCK-----'],
    ['GitHub', put('token: ghp', '_', random, random)],
    ['GitHub, fine-grained', put('github', '_pat_', '11ABCDEFG0', random)],
    ['GitLab', put('glpat', '-', random)],
    ['sk-', put("const key = 'sk", '-', 'proj-', random, "';")],
    ['Stripe', put('sk', '_live_', random)],
    ['Amazon', put('AKIA', 'IOSFODNN7EXAMPLE')],
    ['Google', put('AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY')],
    ['Slack', put('xoxb', '-', '123456789012-', random)],
    ['a Slack hook', put('https://hooks.slack.com/services/', 'T00000000/B00000000/', random)],
    ['npm', put('npm', '_', random, random.slice(0, 12))],
    ['Hugging Face', put('hf', '_', random, random.slice(0, 10))],
    ['SendGrid', put('SG', '.', random, '.', random)],
    ['Twilio', `SK${hex}`],
    ['a JSON web token', put('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0NTY3ODkwIn0', '.', random)],
    ['a bearer', `Authorization: Bearer ${random}${random}`],
    ['Azure storage', `AccountKey=${random}${random}${random}==`],
    ['a password in an address', 'postgres://ada:hunter2@db.example.org/shop'],
    [
      'a password in the second of two addresses',
      "-const url = 'postgres://user:password@localhost/shop';\n+const url = 'postgres://app:Tr0ub4dor9@db.prod.example/shop';",
    ],
    ['a password in an address right behind another', 'redis://a:password@redis://b:Tr0ub4dor9@cache.example'],
    ['a password', `password = "${random}"`],
    ['a password behind a placeholder', `https://example.org/?token=example&password=${random}`],
    ['a key with its type', `const apiKey: string = "${random}";`],
    ['a field with its type', `  private readonly token?: Secret<string> | undefined = '${random}';`],
    ['Python with its type', `password: str = '${random}'`],
    ['a password given two names', `const token = password = "${random}";`],
    ['a short made-up password', "const password = 'Hunter2!xy';"],
    ['in JSON', `"client_secret": "${random}"`],
    ['in YAML', `apiKey: ${random}`],
    ['in a shell', `export MY_SERVICE_TOKEN=${random}`],
    ['in an edit', `+  secret_key = '${hex}'`],
    ['in Ruby', `:access_key => "${random}"`],
    ['in Go', `authToken := "${random}"`],
    ['the middle of a key', put('+', 'MIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8xOWqd0Vn5eYqBzKLsoF1')],
  ])('%s', (_, text) => {
    expect(hasSecret(text)).toBe(true);
  });

  test.each([
    'const token = getToken(request);',
    'const token = request.headers.authorization;',
    'token = config.auth.token',
    'password: string;',
    "password: process.env['PASSWORD'],",
    'password = os.environ["DB_PASSWORD"]',
    'const password = "${PASSWORD}";',
    'password=<your password>',
    "apiKey: 'YOUR_API_KEY_GOES_HERE_123'",
    'SECRET=changeme12345678',
    'token: placeholder1234567890',
    'const tokens = tokenizer.encode(text);',
    'let tokenCount = 123456789012;',
    'for (const token of tokens) {',
    'type AccessToken = string;',
    '// The secret of good code is good names.',
    'postgres://localhost:5432/shop',
    'postgres://ada:${PASSWORD}@db/shop',
    'POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-changeme}',
    'const token = password = readPassword();',
    'const token: Promise<string> = readToken(request, 12345678);',
    'function check(password: string, apiKey: string = defaultKey) {',
    'postgres://user:password@localhost/shop\npostgres://ada:${PASSWORD}@db/shop',
    'https://example.org/a:b@c',
    'git@github.com:ada/shop.git',
    '"integrity": "sha512-abc=="',
    'import { secretStorage } from "./secretStorage";',
    'class AbstractSingletonProxyFactoryBeanWithAnExtraordinarilyLongName {',
    'const skeleton = "sk-small";',
    `commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b`,
    '',
  ])('%j is none', (text) => {
    expect(hasSecret(text)).toBe(false);
  });

  test('a long line does not take long', () => {
    const begin = performance.now();
    for (const text of [
      'password'.repeat(20_000),
      `token=${'a'.repeat(200_000)}`,
      'a:'.repeat(100_000),
      'eyJ'.repeat(60_000),
      '://'.repeat(60_000),
      'a.'.repeat(100_000),
      'a://b:password@'.repeat(20_000),
      'token='.repeat(40_000),
    ])
      hasSecret(text);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

test('entropy is 0 for one character repeated and 4 for sixteen different ones', () => {
  expect(entropy('aaaa')).toBe(0);
  expect(entropy('0123456789abcdef')).toBe(4);
});
