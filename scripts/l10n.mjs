// `npm run l10n`: writes the texts of the sources to l10n/bundle.l10n.json, and tells what the translations lack.
import { writeFile } from 'node:fs/promises';
import { BUNDLE, problemsOf, readTexts, textsOfSources } from './l10n/texts.mjs';
import { inRoot } from './paths.mjs';
import { report } from './problem.mjs';

try {
  const texts = await textsOfSources();
  await writeFile(inRoot(BUNDLE), `${JSON.stringify(texts, null, 2)}\n`);
  console.log(`${Object.keys(texts).length} texts in ${BUNDLE}`);
  tell('l10n/bundle.l10n.de.json', problemsOf(texts, await readTexts('l10n/bundle.l10n.de.json')));
  const names = await readTexts('package.nls.json');
  tell('package.nls.de.json', problemsOf(names, await readTexts('package.nls.de.json')));
} catch (error) {
  process.exitCode = report(error);
}

function tell(file, problems) {
  for (const [what, keys] of Object.entries(problems))
    for (const key of keys) {
      console.log(`${file} ${what}: ${JSON.stringify(key)}`);
      process.exitCode = 1;
    }
}
