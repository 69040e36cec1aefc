import { describe, expect, test } from 'vitest';
import { isSecretFolder, isSecretPath } from '../../../../extension/edits/secretPaths.js';

describe('isSecretPath', () => {
  test.each([
    '.env',
    '.ENV',
    '.env.local',
    '.env.production.bak',
    '.envrc',
    '.env-prod',
    'prod.env',
    'deep/down/.env',
    'back\\slash\\.env',
    '.env.',
    '.env ',
    '.env~',
    '.env.swp',
    'server.pem',
    'SERVER.PEM',
    'server.key',
    'server.key.old',
    'tls.crt',
    'store.jks',
    'app.keystore',
    'cert.p12',
    'cert.pfx',
    'id_rsa',
    'id_rsa.pub',
    'id_ed25519',
    'id_ecdsa_work',
    '.npmrc',
    'packages/a/.npmrc',
    '.netrc',
    '_netrc',
    '.pypirc',
    '.pgpass',
    '.git-credentials',
    '.git/config',
    '.htpasswd',
    'credentials',
    '.aws/credentials',
    '.aws/config',
    '.ssh/config',
    '.SSH/anything',
    '.kube/config',
    '.docker/config.json',
    '.gnupg/pubring.kbx',
    '.azure/token.json',
    'credentials.json',
    'gcp-credentials.json',
    'credentials.yml.enc',
    'secrets.yaml',
    'app.secrets.toml',
    'client_secret_123.json',
    'service-account.json',
    'serviceAccountKey.json',
    'application_default_credentials.json',
    'terraform.tfvars',
    'prod.auto.tfvars.json',
    'terraform.tfstate',
    'terraform.tfstate.backup',
    'passwords.kdbx',
    'passwords.txt',
    'wp-config.php',
    'vpn.ovpn',
    'local.settings.json',
  ])('%j never enters', (path) => {
    expect(isSecretPath(path)).toBe(true);
  });

  test.each([
    'src/index.ts',
    'README.md',
    'environment.ts',
    'src/env.ts',
    'src/credentials.ts',
    'src/secrets.py',
    'keys.ts',
    'keyboard.json',
    'monkey.js',
    'pem.md',
    'src/ssh/client.ts',
    'aws/main.tf',
    'package.json',
    'docs/.github/workflow.yml',
    'tokens.css',
    'authentication.json',
    '',
  ])('%j may', (path) => {
    expect(isSecretPath(path)).toBe(false);
  });
});

describe('isSecretFolder', () => {
  test.each(['/home/me/.kube', '/home/me/.Docker', '/home/me/.ssh/keys', 'C:/Users/me/.aws', '/home/me/.gnupg /x'])(
    '%s',
    (path) => expect(isSecretFolder(path)).toBe(true),
  );

  test.each(['/home/me/shop', '/home/me/gcloud', '/home/me/.config/shop', '/home/me/docker', '/'])('not %s', (path) =>
    expect(isSecretFolder(path)).toBe(false),
  );
});
