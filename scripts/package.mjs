// `npm run package -- --target T`: the VSIX of one platform, by default this machine's, into dist/vsix/.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hostTarget, binariesOf, TARGETS } from './package/targets.mjs';
import { megabytes, makeVsix } from './package/vsix.mjs';
import { root } from './paths.mjs';
import { report } from './problem.mjs';

const { values } = parseArgs({ options: { target: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(`npm run package [-- --target T]\n\nT is one of ${TARGETS.join(', ')}; default: ${hostTarget()}.`);
} else {
  try {
    const target = values.target ?? hostTarget();
    binariesOf(target);
    const { file, bytes, pages } = await makeVsix(target);
    console.log(pages);
    console.log(`${path.relative(root, file)} ${megabytes(bytes)}`);
  } catch (error) {
    process.exitCode = report(error);
  }
}
