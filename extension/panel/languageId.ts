/** What people write after the fence, where VS Code's own name is another one. */
const NAMES: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  'c++': 'cpp',
  cs: 'csharp',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** VS Code's name of a language that a code block names; plain text for one that it does not know. */
export function languageId(name: string, known: readonly string[]): string {
  const id = NAMES[name.toLowerCase()] ?? name.toLowerCase();
  return known.includes(id) ? id : 'plaintext';
}
