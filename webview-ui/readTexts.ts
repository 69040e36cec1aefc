/** Imported before anything that has texts: takes the translations that the host has written into the page. */
import * as v from 'valibot';
import { useBundle } from './l10n.js';

const schema = v.record(v.string(), v.string());

const written = document.body.dataset['texts'];
if (written !== undefined) useBundle(v.parse(schema, JSON.parse(written)));
