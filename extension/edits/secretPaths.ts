/**
 * Files that hold secrets, by name: they never enter the session, whatever the settings say. Names are compared without
 * regard to case.
 */

/** Folders with nothing else in them. */
const FOLDERS = new Set([
  '.aws',
  '.azure',
  '.docker',
  '.gcloud',
  '.git',
  '.gnupg',
  '.kube',
  '.password-store',
  '.secrets',
  '.ssh',
  '.terraform.d',
  'gcloud',
  'private_keys',
]);

const NAMES = new Set([
  '.boto',
  '.dev.vars',
  '.dockercfg',
  '.git-credentials',
  '.htpasswd',
  '.my.cnf',
  '.netrc',
  '.npmrc',
  '.pgpass',
  '.pypirc',
  '.s3cfg',
  '.terraformrc',
  '.vault-token',
  '.yarnrc',
  '.yarnrc.yml',
  '_netrc',
  'application_default_credentials.json',
  'auth.json',
  'authorized_keys',
  'credentials',
  'identity',
  'kubeconfig',
  'local.settings.json',
  'nuget.config',
  'secrets',
  'terraform.rc',
  'wp-config.php',
]);

/** Endings of keys, certificates, key stores and state that holds credentials. */
const ENDINGS = new Set([
  'age',
  'asc',
  'bks',
  'cer',
  'crt',
  'der',
  'env',
  'gpg',
  'jks',
  'kdbx',
  'key',
  'keystore',
  'mobileprovision',
  'ovpn',
  'p12',
  'p8',
  'pem',
  'pfx',
  'pkcs12',
  'ppk',
  'tfstate',
  'tfvars',
]);

const PATTERNS: readonly RegExp[] = [
  // .env, .env.local, .envrc, .env-production
  /^\.env/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)/,
  // Data files named after what they hold; source code of that name is judged by its text.
  /^(?:.*[-_.])?(?:credentials?|secrets?|passwords?)\.(?:json|ya?ml|toml|ini|cfg|conf|config|properties|xml|txt|csv|enc|db)(?:\..*)?$/,
  /^(?:client[-_]secret|service[-_]?account|firebase-adminsdk).*\.json$/,
  /\.tfstate\.backup$/,
  /\.auto\.tfvars(?:\.json)?$/,
];

/**
 * Whether a folder is one of those, or lies in one: then everything in it is. Only names with a dot count here; `gcloud` may
 * be a project.
 */
export function isSecretFolder(path: string): boolean {
  return path
    .toLowerCase()
    .split(/[\\/]+/)
    .some((name) => name.startsWith('.') && FOLDERS.has(name.replace(/[. ]+$/, '')));
}

/** @param path with `/` between folders, relative or absolute. */
export function isSecretPath(path: string): boolean {
  const parts = path.toLowerCase().split(/[\\/]+/);
  // Windows and some tools ignore dots and spaces at the end of a name.
  const name = (parts.pop() ?? '').replace(/[. ]+$/, '').replace(/(?:~|\.(?:bak|backup|old|orig|save|swp|tmp))+$/, '');
  if (parts.some((folder) => FOLDERS.has(folder.replace(/[. ]+$/, '')))) return true;
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  return NAMES.has(name) || ENDINGS.has(ending) || PATTERNS.some((pattern) => pattern.test(name));
}
