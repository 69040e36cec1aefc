import { expect, test } from 'vitest';
import { LeftOutList } from '../../../../extension/edits/leftOutList.js';

test('a file counts once for its reason, an edit each time, and the latest comes first', () => {
  const list = new LeftOutList();
  for (const name of ['.env', 'key.pem', '.env']) list.add('secret', name);
  list.add('secretText', 'a.ts');
  list.add('ignored', 'a.ts');
  list.add('secretText', 'a.ts');
  expect([...list.counts]).toEqual([
    ['secret', 2],
    ['secretText', 2],
    ['ignored', 1],
  ]);
  expect(list.files).toEqual([
    { reason: 'secretText', name: 'a.ts', count: 2 },
    { reason: 'ignored', name: 'a.ts', count: 1 },
    { reason: 'secret', name: 'key.pem', count: 1 },
    { reason: 'secret', name: '.env', count: 1 },
  ]);
});

test('names are forgotten when there are many, the counts are not', () => {
  const list = new LeftOutList();
  for (let file = 0; file < 600; file += 1) list.add('ignored', `file${file}`);
  expect(list.files).toHaveLength(500);
  expect(list.files[0]?.name).toBe('file599');
  expect(list.counts.get('ignored')).toBe(600);
});
