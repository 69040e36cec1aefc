/** What looks like a secret in a text, whatever the file is called. Better one edit too few than one key too many. */

/** Tokens that can be told by their form. */
const TOKENS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/,
  /\bAGE-SECRET-KEY-1[0-9A-Z]{40,}/,
  // GitHub, GitLab
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_\w{22,}/,
  /\bgl(?:pat|dt|rt|cbt|ptt|soat)-[\w-]{20,}/,
  // OpenAI, Anthropic and others that start with sk-; Stripe
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\bwhsec_[A-Za-z0-9+/=]{24,}/,
  // Amazon, Google, Azure
  /\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{16}\b/,
  /\bAIza[\w-]{35}/,
  /\bya29\.[\w-]{20,}/,
  /\bGOCSPX-[\w-]{20,}/,
  /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/=]{40,}/,
  // Slack, Discord, Telegram, Twilio, SendGrid, Mailgun
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bxapp-\d-[A-Za-z0-9-]{10,}/,
  /hooks\.slack\.com\/services\/[\w/]{20,}/,
  /discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/,
  /\b\d{8,10}:AA[\w-]{33}/,
  /\b(?:SK|AC)[0-9a-f]{32}\b/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bkey-[0-9a-f]{32}\b/,
  // Registries, hosts, models
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bpypi-[\w-]{50,}/,
  /\bdckr_pat_[\w-]{20,}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bdop_v1_[0-9a-f]{40,}/,
  /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/,
  /\bhv[sb]\.[\w-]{24,}/,
  /\bglsa_[A-Za-z0-9]{32}_[0-9a-f]{8}/,
  /\blin_api_[A-Za-z0-9]{30,}/,
  // JSON web tokens, bearer tokens
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /\b[Bb]earer\s+[A-Za-z0-9_\-.=+/]{24,}/,
];

/** `scheme://user:password@host`. The scheme is bounded, so that a long line does not take long. */
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{0,40}:\/\/[^\s:/@'"]*:([^\s/@'"]{3,})@(?=[^\s'"])/gi;

/**
 * `password = "…"`, `"apiKey": "…"`, `export SECRET_TOKEN=…`, `apiKey: string = "…"`. The value is only looked ahead at, so that an assignment
 * inside of it is found too: `?token=example&password=…`, `token = password = "…"`. Without quotes it is bounded, so that
 * many of them in one another do not take long.
 */
const ASSIGNMENT =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|signing[-_]?key|encryption[-_]?key|auth[-_]?key|connection[-_]?string)[\w-]{0,40}['"`\]]?(?:[?!]?\s*:\s*[A-Za-z_&][\w.<>|&[\] ]{0,60})?\s*(?::=|=>|[:=])\s*(?=(['"`])([^\s'"`,;]{8,})\1|([^\s'"`,;]{8,400}))/gi;

/** Values that only stand for a secret. */
const PLACEHOLDER =
  /^(?:[$<{%[(]|.*\$\{|(?:your|my|example|changeme|placeholder|dummy|fake|test|todo|xxx|\*\*\*|\.\.\.))/i;

/** Bits per character from which a value looks random. */
const RANDOM_ENTROPY = 3;
const RANDOM_LENGTH = 16;

export function hasSecret(text: string): boolean {
  if (TOKENS.some((token) => token.test(text))) return true;
  for (const [, password = ''] of text.matchAll(URL_PASSWORD))
    if (!PLACEHOLDER.test(password) && !/^pass(?:word)?$/i.test(password)) return true;
  for (const [, , quoted, plain = ''] of text.matchAll(ASSIGNMENT))
    if (isSecretValue(quoted ?? plain, quoted !== undefined)) return true;
  return text.split('\n').some(isKeyMaterial);
}

/** Whether the value of something called a password, token or key is one, not the name of one. */
function isSecretValue(value: string, quoted: boolean): boolean {
  if (PLACEHOLDER.test(value)) return false;
  // Without quotes it is code, `getToken(request)` or `config.auth.token`, unless it has the look of random text.
  if (!quoted && /[()[\]{}<>]|^[A-Za-z_$][\w$]*(?:[.?!]+[A-Za-z_$][\w$]*)*$/.test(value) && !/\d.*\d.*\d/.test(value))
    return false;
  const mixed = /[A-Za-z]/.test(value) && /\d/.test(value);
  if (value.length >= RANDOM_LENGTH) return mixed && entropy(value) >= RANDOM_ENTROPY;
  // A short password in quotes: letters with digits or signs, as people make them up.
  return quoted && mixed && /[^A-Za-z0-9_\-./]/.test(value);
}

/** A line of nothing but base64 or hexadecimal digits, as inside a key or a certificate. */
function isKeyMaterial(line: string): boolean {
  const text = line
    .replace(/^[+\- ]/, '')
    .trim()
    .replace(/^['"`]|['"`],?\s*\+?;?$/g, '');
  return (
    /^[A-Za-z0-9+/=]{48,}$/.test(text) &&
    /[A-Z]/.test(text) &&
    /[a-z]/.test(text) &&
    /\d/.test(text) &&
    entropy(text) > 4
  );
}

/** Shannon entropy of the characters, bits each. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
