/** A folder of the workspace, as far as its name and the files in it tell what it is. */
export interface Root {
  readonly name: string;
  /** Whether a file of this name lies right in it. */
  readonly has: (file: string) => boolean;
}

/** Files that tell what a project is made with. They do not come and go, so what is said stays the same over restarts. */
const SIGNS: readonly (readonly [file: string, kind: string])[] = [
  ['package.json', 'Node.js'],
  ['tsconfig.json', 'TypeScript'],
  ['deno.json', 'Deno'],
  ['pyproject.toml', 'Python'],
  ['setup.py', 'Python'],
  ['requirements.txt', 'Python'],
  ['Cargo.toml', 'Rust'],
  ['go.mod', 'Go'],
  ['pom.xml', 'Java'],
  ['build.gradle', 'Gradle'],
  ['build.gradle.kts', 'Gradle'],
  ['Gemfile', 'Ruby'],
  ['composer.json', 'PHP'],
  ['CMakeLists.txt', 'CMake'],
  ['Package.swift', 'Swift'],
  ['mix.exs', 'Elixir'],
];

/** A folder may be called anything. */
const LONGEST_NAME = 60;

/** Most folders that are told of. */
const MOST_ROOTS = 8;

/** One line about the workspace for the model: it is pinned after the sinks, with the system prompt. English, as that is. */
export function workspaceFacts(roots: readonly Root[]): string | undefined {
  if (roots.length === 0) return undefined;
  const told = roots.slice(0, MOST_ROOTS).map(describe);
  const more = roots.length - told.length;
  return `The workspace: ${told.join('; ')}${more > 0 ? `; and ${String(more)} more folders` : ''}.`;
}

function describe({ name, has }: Root): string {
  const kinds = new Set(SIGNS.filter(([file]) => has(file)).map(([, kind]) => kind));
  const short = name.replaceAll(/\s+/gu, ' ').trim().slice(0, LONGEST_NAME);
  return kinds.size === 0 ? short : `${short} (${[...kinds].join(', ')})`;
}
